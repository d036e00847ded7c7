CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$;
CREATE TABLE public.accounts (
    key integer NOT NULL,
    language text NOT NULL,
    created_on date NOT NULL,
    closed_on date,
    restricted boolean NOT NULL
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.attempts (
    id integer NOT NULL,
    notice integer NOT NULL,
    transport text NOT NULL,
    host text NOT NULL,
    dated_at timestamp with time zone NOT NULL,
    recipients_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.attempts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.attempts_id_seq OWNED BY public.attempts.id;
CREATE TABLE public.decisions (
    id integer NOT NULL,
    notice integer NOT NULL,
    kind text NOT NULL,
    successor integer,
    deliveries_root text,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.decisions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.decisions_id_seq OWNED BY public.decisions.id;
CREATE TABLE public.deliveries (
    notice integer NOT NULL,
    account integer NOT NULL,
    ref text NOT NULL,
    variant integer NOT NULL,
    though_closed boolean NOT NULL,
    state text NOT NULL,
    claim text,
    lease_until timestamp with time zone,
    attempt integer
);
CREATE TABLE public.erasures (
    id integer NOT NULL,
    account integer NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.erasures_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.erasures_id_seq OWNED BY public.erasures.id;
CREATE TABLE public.imported (
    import integer NOT NULL,
    place integer NOT NULL,
    account integer NOT NULL,
    commitment text NOT NULL
);
CREATE TABLE public.imports (
    id integer NOT NULL,
    accounts_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.imports_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.imports_id_seq OWNED BY public.imports.id;
CREATE TABLE public.leaves (
    seal integer NOT NULL,
    place integer NOT NULL,
    source text NOT NULL,
    "row" integer NOT NULL,
    digest text NOT NULL
);
CREATE TABLE public.notices (
    id integer NOT NULL,
    plan text NOT NULL,
    policy text NOT NULL,
    version text NOT NULL,
    rank bigint NOT NULL,
    version_digest text NOT NULL,
    effective_on date NOT NULL,
    audience integer NOT NULL,
    audience_digest text NOT NULL,
    sender text NOT NULL,
    reply_to text NOT NULL,
    transport text NOT NULL,
    host text NOT NULL,
    variants_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.notices_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notices_id_seq OWNED BY public.notices.id;
CREATE TABLE public.origin (
    id integer NOT NULL,
    ledger text NOT NULL,
    rehearsal boolean NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE TABLE public.outcomes (
    report integer NOT NULL,
    place integer NOT NULL,
    ref text NOT NULL,
    attempt integer,
    state text NOT NULL,
    text text NOT NULL,
    provider_id text NOT NULL,
    happened_at timestamp with time zone NOT NULL
);
CREATE TABLE public.personalizations (
    ref text NOT NULL,
    attempt integer NOT NULL,
    filled text NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.persons (
    account integer NOT NULL,
    id text NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.raw_reports (
    report integer NOT NULL,
    raw bytea NOT NULL,
    salt bytea NOT NULL
);
CREATE TABLE public.receipts (
    id integer NOT NULL,
    policy text NOT NULL,
    account integer NOT NULL,
    version text NOT NULL,
    rank bigint NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    source text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.receipts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.receipts_id_seq OWNED BY public.receipts.id;
CREATE TABLE public.recipients (
    attempt integer NOT NULL,
    place integer NOT NULL,
    ref text NOT NULL,
    account integer NOT NULL,
    commitment text NOT NULL,
    filled text
);
CREATE TABLE public.reports (
    id integer NOT NULL,
    source text NOT NULL,
    raw_digest text,
    outcomes_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL,
    decision integer
);
CREATE SEQUENCE public.reports_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reports_id_seq OWNED BY public.reports.id;
CREATE TABLE public.seals (
    place integer NOT NULL,
    entries integer NOT NULL,
    root text NOT NULL,
    digest text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
);
CREATE TABLE public.variants (
    notice integer NOT NULL,
    place integer NOT NULL,
    language text NOT NULL,
    since text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL
);
ALTER TABLE ONLY public.attempts ALTER COLUMN id SET DEFAULT nextval('public.attempts_id_seq'::regclass);
ALTER TABLE ONLY public.decisions ALTER COLUMN id SET DEFAULT nextval('public.decisions_id_seq'::regclass);
ALTER TABLE ONLY public.erasures ALTER COLUMN id SET DEFAULT nextval('public.erasures_id_seq'::regclass);
ALTER TABLE ONLY public.imports ALTER COLUMN id SET DEFAULT nextval('public.imports_id_seq'::regclass);
ALTER TABLE ONLY public.notices ALTER COLUMN id SET DEFAULT nextval('public.notices_id_seq'::regclass);
ALTER TABLE ONLY public.receipts ALTER COLUMN id SET DEFAULT nextval('public.receipts_id_seq'::regclass);
ALTER TABLE ONLY public.reports ALTER COLUMN id SET DEFAULT nextval('public.reports_id_seq'::regclass);
INSERT INTO public.accounts VALUES (1, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (3, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (5, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (6, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (2, '', '0001-01-01', NULL, false);
INSERT INTO public.accounts VALUES (4, 'en', '2024-01-31', NULL, true);
INSERT INTO public.alembic_version VALUES ('0002');
INSERT INTO public.attempts VALUES (1, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', 'ebb9fa00d0d6f9c20451721a978b0c07fa9f308b3f9bf94c5a040d53da142cbe', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (2, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', '77c88a4f35c1c9d98b140db52e37fced07e9082eeff3e24a43850651e8c0c3b1', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (3, 3, 'outbox', 'here', '2026-11-23 09:00:00+00', 'a1b3d01ab1db0a9a08d7f749ccb285fef5d1de8ae85374da581c52a28e90af76', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (1, 1, 'announced', NULL, '3ac72ba963ca9654427507e7915865668469490728831bd5fc3147df32e49fd2', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (2, 1, 'superseded', 2, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (3, 2, 'announced', NULL, '064594f45fb43874346841ade2c3d0c037b680a189ef120f0c5d9a56b62c5d24', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (4, 2, 'superseded', 1, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (5, 1, 'announced', NULL, '3ac72ba963ca9654427507e7915865668469490728831bd5fc3147df32e49fd2', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (6, 3, 'announced', NULL, 'fe5ce64c4c1cb1caf755a001ada2bdaceba24ff7ea293c6b57d11a6804649e30', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.decisions VALUES (7, 3, 'cancelled', NULL, NULL, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.deliveries VALUES (2, 1, 'd89b891148f15c0b0e91e1f98f916897', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 6, 'af484943762a3f3f0359d43a2ac72f10', 0, false, 'pending', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 3, 'af484943766179948bdfd4ba4653aae6', 0, false, 'refused', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 1, 'af484943764fe60771f2b1804dd01c31', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 2, 'af48494376ac95e50d8b981ca3087a41', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 4, 'af48494376c516528bf7aab1809ddbe3', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 5, 'af48494376cc3eb8c688d741693485e8', 0, false, 'unknown', NULL, NULL, 2);
INSERT INTO public.deliveries VALUES (3, 3, '3ada10b2d52249a60b3d9e67c9d669c5', 0, false, 'delivered', NULL, NULL, 3);
INSERT INTO public.deliveries VALUES (3, 4, '3ada10b2d58fb35739f4c26d213df24c', 0, false, 'skipped', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 5, '3ada10b2d54ba5b79945a67dca3661d0', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (3, 6, '3ada10b2d5994a386c8388f10169af2c', 0, false, 'cancelled', NULL, NULL, NULL);
INSERT INTO public.erasures VALUES (1, 2, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imported VALUES (1, 0, 1, '593dc452331a537bb6419e7355338a153250a2548b89d752755bc2c7b83c5cc8');
INSERT INTO public.imported VALUES (1, 1, 2, '4074bb7651d918c32d838ca6ae61ad29a1764afacb6058fa9412f10c6170d1a9');
INSERT INTO public.imported VALUES (1, 2, 3, '6d441a5a809c96f5258bd27419641c16e287f340744b267382d12aa96f7c3735');
INSERT INTO public.imported VALUES (1, 3, 4, '706241e33866f8f364dca418a58da93787ea6ff6696789759d3b65fd0f042245');
INSERT INTO public.imported VALUES (1, 4, 5, 'e6159528fa79a8416b521e2d50a22386ba2e5934ad11ddba1aa7d49392afb923');
INSERT INTO public.imported VALUES (1, 5, 6, '3acfba042e9b32e39650fe63b41679352839571abdf6b829b7ba131754bf2463');
INSERT INTO public.imported VALUES (2, 0, 4, 'ae79fbc922afb1f41c1bab6751488aa240078e2cab3e4685ebc625cb2cdc9599');
INSERT INTO public.imports VALUES (1, '589399357cb4ae9f44c6242cba9fb04b31f5fbc118c2fc138fe017f4f3ca5f55', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.imports VALUES (2, '92e654a7b1634046047bd2da90f99ee18fb02dbdcf593c4d3c6b937de965f385', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.leaves VALUES (1, 0, 'origin', 1, '03c27eafe895e5d5aa27cf017491a349f53bbfdaedb5e398c9fbda22093bf16a');
INSERT INTO public.leaves VALUES (1, 1, 'imports', 1, '32981e4e288288e1ab6d8c6d5e7444128b264d49068f4015b160e97c80f720cc');
INSERT INTO public.leaves VALUES (1, 2, 'notices', 1, '31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO public.leaves VALUES (1, 3, 'notices', 2, 'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO public.leaves VALUES (1, 4, 'decisions', 1, 'a8219d45b85ac7bf1e489e66c2c60e3bf6e207f4904a24cdcb79e24e4b9644c4');
INSERT INTO public.leaves VALUES (1, 5, 'decisions', 2, '7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO public.leaves VALUES (1, 6, 'decisions', 3, '87818b3844ef8a28ee9158b6687a454d26f0a39cbb41da70c7e761cc6fac3d53');
INSERT INTO public.leaves VALUES (1, 7, 'decisions', 4, '71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO public.leaves VALUES (1, 8, 'decisions', 5, 'cd1d857b7d91b1432123d6380b7ee6e4dbf26112a7618bee82343cf9c72d0c31');
INSERT INTO public.leaves VALUES (1, 9, 'attempts', 1, '403e72ae1101c1e1148132e58fb86ababf55c4b5d4538cdc1ffe716e73b8ef58');
INSERT INTO public.leaves VALUES (1, 10, 'attempts', 2, 'cf9bb3e542f54f32d14532668701fd63bf388f7e7718ee39391296bf07464213');
INSERT INTO public.leaves VALUES (1, 11, 'reports', 1, '7d6a3dcfcaf3538ef44755b43e421766598adefdf00539f9c81f29dd747950c9');
INSERT INTO public.leaves VALUES (1, 12, 'reports', 2, 'd42aaf5ef31f24c2ec89d36eca9ee18df4cae6a51fc15615eb93f8d4c42912b3');
INSERT INTO public.leaves VALUES (1, 13, 'reports', 3, '8a0332eb55729da0f6577bf9d43301571de4d86e89e4fe1de6d50e1d1a408043');
INSERT INTO public.leaves VALUES (1, 14, 'receipts', 1, 'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO public.leaves VALUES (1, 15, 'receipts', 2, '696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO public.leaves VALUES (2, 0, 'imports', 2, 'ac0cde4e8a0a9b3ac56fa4bc8fbdcfaefbff2e0be5616479dbb33f4db0caf9ff');
INSERT INTO public.leaves VALUES (2, 1, 'erasures', 1, 'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO public.leaves VALUES (2, 2, 'notices', 3, '329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO public.leaves VALUES (2, 3, 'decisions', 6, 'dff42c86f268212cead88a13afd6634494f830c1b4bc7d74795f6a7e6281dda4');
INSERT INTO public.leaves VALUES (2, 4, 'decisions', 7, '267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO public.leaves VALUES (2, 5, 'attempts', 3, '664eb45dd455a30b5028f79ae2699bcca27eb703118847cd0e9cad2fdd3f14d8');
INSERT INTO public.leaves VALUES (2, 6, 'reports', 4, '850c83a3d4d5a19767701924e1428634ba7c44c5dd539ca6cf83f91700de23a8');
INSERT INTO public.leaves VALUES (2, 7, 'reports', 5, '52c561569a8da163e2fe3718c35dc0eba5cd85e39a4fa20857e6d228f80c2789');
INSERT INTO public.leaves VALUES (2, 8, 'reports', 6, '70148f6dff52556fdee17b894284bd0574af7d217d735f96394919e7a571d212');
INSERT INTO public.notices VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 6, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (2, 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 1, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.notices VALUES (3, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'privacy', '3.0.0', 3000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 4, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.origin VALUES (1, 'ab6a4f26952da7910e463251c8ef6f62', false, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 0, 'af484943764fe60771f2b1804dd01c31', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 1, 'af48494376ac95e50d8b981ca3087a41', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 2, 'af484943766179948bdfd4ba4653aae6', 1, 'refused', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 3, 'af48494376c516528bf7aab1809ddbe3', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 0, 'af484943764fe60771f2b1804dd01c31', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 1, 'af48494376ac95e50d8b981ca3087a41', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 2, 'af484943766179948bdfd4ba4653aae6', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 3, 'af48494376c516528bf7aab1809ddbe3', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (3, 0, 'af48494376cc3eb8c688d741693485e8', 2, 'unknown', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (4, 0, '3ada10b2d52249a60b3d9e67c9d669c5', 3, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (5, 0, '3ada10b2d52249a60b3d9e67c9d669c5', 3, 'delivered', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (6, 0, '3ada10b2d58fb35739f4c26d213df24c', NULL, 'skipped', 'restricted', '', '2026-11-23 09:00:00+00');
INSERT INTO public.personalizations VALUES ('af484943764fe60771f2b1804dd01c31', 1, '{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}', '\x1e825c334c1da0f51df2b2d567c71a58f2c4ffada8a048454511c9f15236680e');
INSERT INTO public.personalizations VALUES ('af484943766179948bdfd4ba4653aae6', 1, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\x91540e84b96038372fc89918970dbb2ae1590b4cbe11bed34fd6fea50efdb4ee');
INSERT INTO public.personalizations VALUES ('af48494376c516528bf7aab1809ddbe3', 1, '{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}', '\xaae2203bff6ad331cdd739cb4f1adbd3a164b2fde1da274c0143313660041105');
INSERT INTO public.personalizations VALUES ('af48494376cc3eb8c688d741693485e8', 2, '{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}', '\x1101dba28d2cb38f50e865c60760f95a393bdfb2277833467496bb1df0e63b0f');
INSERT INTO public.personalizations VALUES ('3ada10b2d52249a60b3d9e67c9d669c5', 3, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\xa760e6253583f8b5313523d84352f8d98076bc376f509a5b6e47b311f44dc340');
INSERT INTO public.persons VALUES (1, 'client-1', 'person1@example.com', 'Person Number 1', '\x156f4c31e0809a4936d4d7842fc407ddf71ea9a3874f3675dd8c79ba280d3bae');
INSERT INTO public.persons VALUES (3, 'client-3', 'person3@example.com', 'Person Number 3', '\x6d80076986487bdf5afae989978cf5dcf4976148f61a426cf6e8e82813b19b1e');
INSERT INTO public.persons VALUES (5, 'client-5', 'person5@example.com', 'Person Number 5', '\xfe6453cd52e9141c435828b50fbf238514e440144d82521ccbeee071b09bee21');
INSERT INTO public.persons VALUES (6, 'client-6', 'person6@example.com', 'Person Number 6', '\xfe9cefc25a0643224521ed9dfda2d755061c485b57b93d1a9bd500264ba10dbc');
INSERT INTO public.persons VALUES (4, 'client-4', 'person4@example.com', 'Person Number 4', '\x2a7bd719dfd2bcc0ce6b8f95ca610b4a22eaea8f66c5c9cc018a1a36029581de');
INSERT INTO public.raw_reports VALUES (5, '\x5b7b7d5d', '\x818b187f9d035a72f30605ceb0dfb04f56060ee21eb427e1d9eb76c79ce8475d');
INSERT INTO public.receipts VALUES (1, 'privacy', 1, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.receipts VALUES (2, 'privacy', 2, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.recipients VALUES (1, 0, 'af484943764fe60771f2b1804dd01c31', 1, 'd15743e19c1cacac6b95c8ea546c8aa7c616f4e8845421284e5b69ccebcb1a7b', '2b551a379b13f4699ac86f4e6b0f4a6f462174fa15948869409fe39fcfe321e1');
INSERT INTO public.recipients VALUES (1, 1, 'af48494376ac95e50d8b981ca3087a41', 2, '06f6b793a0d0cc0bce3081781c297a9ee623515c2c5e7ed1773467439ea720f3', '30ad9b3eb245655e1f960906c864d31df6938d37306ddf43804b9ad4ea50d98c');
INSERT INTO public.recipients VALUES (1, 2, 'af484943766179948bdfd4ba4653aae6', 3, '95959cc132f9f6a92aff549ce797ee0c3d91e8a9e965e3ad05ef178cd3dd2754', '723a65bdcea11fb76c748b18f1e67dd43dcff06caae76fac361f8ca4022b2e96');
INSERT INTO public.recipients VALUES (1, 3, 'af48494376c516528bf7aab1809ddbe3', 4, '40feeb651feb1f89d580a1bd48c1b0dbf41e1633b8c9bd590ee766fa91686a5f', '97f5d11ab47325c3c3ef61ec8be0aa58ab071cbb236503aa66ce6ff99a277c45');
INSERT INTO public.recipients VALUES (2, 0, 'af48494376cc3eb8c688d741693485e8', 5, '5d921f2248ec507a0cfac8e146abb1566d846a7e796774df214af0d0c51f7f03', 'faf1ecd47890b7d8b4c538e5a9558a0de00cb0badbe321331c7d6e90749741f9');
INSERT INTO public.recipients VALUES (3, 0, '3ada10b2d52249a60b3d9e67c9d669c5', 3, 'db80d33cf01e3c687dc166a94a4b6ccfde8273774690f435d223aa197059cd67', 'd24fc5910ffb44a42dcefe7c439a82eb5f9e4d05f1f95a43044d1636fa4c1879');
INSERT INTO public.reports VALUES (1, 'outbox', NULL, '92e37aa1d888e6f8f84c22e28d54bacf93c43c295ce1a0a5c2466fd386c9d8b2', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (2, 'outbox', NULL, '13dec99fcc360eb18c1084986be1815b0628fa6319612f852d4d8e45d7645940', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (3, 'outbox', NULL, '2cfb9a34b01e0b127fa736efb308cbca1aa12244ac11412bfb9cafeebd9cf77f', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (4, 'outbox', NULL, '125d0ea0d836f164a9affc02e0a0c34c04f070b3bbb847b1c2b46509e4315607', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (5, 'sendgrid', 'b6b9eb2bb886d5bc457c55bd7c976a6454968ffc0a08d54e2d7e402b752f15fb', '60424cd32ac43e11f414e882def33d78924559d55981259eeb2bf054e3ba7718', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', NULL);
INSERT INTO public.reports VALUES (6, 'claim', NULL, 'b1c9ef5d35817ef8d990b55216d49c58b56ef161f0c0295340b1ca7a8e433b2f', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00', 6);
INSERT INTO public.seals VALUES (1, 16, 'f8566aca2e98fd29e4edd933a0e33375cdd6cecd62fe9d7d00c62da03e21591c', '28e221dc894e9957f3b9d944b9b683e92a9e4349d77828cc1b92f55ecaaf44e0', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (2, 9, 'a59817d3cab72fa4cdedd127f04d94d7465137173b78426f186b39b37bc43e61', 'c8e9e701f31a70af11ca09297469347547c2762edc14c69752a04cf838e6acfd', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.variants VALUES (1, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (1, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
INSERT INTO public.variants VALUES (2, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (2, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
INSERT INTO public.variants VALUES (3, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (3, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
SELECT pg_catalog.setval('public.attempts_id_seq', 3, true);
SELECT pg_catalog.setval('public.decisions_id_seq', 7, true);
SELECT pg_catalog.setval('public.erasures_id_seq', 1, true);
SELECT pg_catalog.setval('public.imports_id_seq', 2, true);
SELECT pg_catalog.setval('public.notices_id_seq', 3, true);
SELECT pg_catalog.setval('public.receipts_id_seq', 2, true);
SELECT pg_catalog.setval('public.reports_id_seq', 6, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (key);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT pk_attempts PRIMARY KEY (id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT pk_decisions PRIMARY KEY (id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (notice, account);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT pk_erasures PRIMARY KEY (id);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT pk_imported PRIMARY KEY (import, place);
ALTER TABLE ONLY public.imports
    ADD CONSTRAINT pk_imports PRIMARY KEY (id);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT pk_leaves PRIMARY KEY (seal, place);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT pk_notices PRIMARY KEY (id);
ALTER TABLE ONLY public.origin
    ADD CONSTRAINT pk_origin PRIMARY KEY (id);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT pk_outcomes PRIMARY KEY (report, place);
ALTER TABLE ONLY public.personalizations
    ADD CONSTRAINT pk_personalizations PRIMARY KEY (ref, attempt);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT pk_persons PRIMARY KEY (account);
ALTER TABLE ONLY public.raw_reports
    ADD CONSTRAINT pk_raw_reports PRIMARY KEY (report);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT pk_receipts PRIMARY KEY (id);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT pk_recipients PRIMARY KEY (attempt, place);
ALTER TABLE ONLY public.reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (id);
ALTER TABLE ONLY public.seals
    ADD CONSTRAINT pk_seals PRIMARY KEY (place);
ALTER TABLE ONLY public.variants
    ADD CONSTRAINT pk_variants PRIMARY KEY (notice, place);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT uq_deliveries_ref UNIQUE (ref);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT uq_erasures_account UNIQUE (account);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT uq_leaves_source UNIQUE (source, "row");
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT uq_notices_plan UNIQUE (plan);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT uq_persons_id UNIQUE (id);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT uq_receipts_policy UNIQUE (policy, account, version, kind);
CREATE INDEX ix_decisions_notice ON public.decisions USING btree (notice);
CREATE INDEX ix_deliveries_claimed ON public.deliveries USING btree (state, notice, lease_until) WHERE (state = 'claimed'::text);
CREATE INDEX ix_deliveries_pending ON public.deliveries USING btree (state, notice, variant, account) WHERE (state = 'pending'::text);
CREATE INDEX ix_deliveries_unknown ON public.deliveries USING btree (state, notice, attempt) WHERE (state = 'unknown'::text);
CREATE INDEX ix_imported_account ON public.imported USING btree (account);
CREATE INDEX ix_notices_policy ON public.notices USING btree (policy, rank);
CREATE INDEX ix_outcomes_ref ON public.outcomes USING btree (ref);
CREATE INDEX ix_recipients_ref ON public.recipients USING btree (ref);
CREATE TRIGGER attempts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attempts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER decisions_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.decisions FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER erasures_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.erasures FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER imported_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.imported FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER imports_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.imports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER leaves_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.leaves FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER notices_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.notices FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER origin_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.origin FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER outcomes_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.outcomes FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER receipts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.receipts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER recipients_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.recipients FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER reports_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.reports FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER seals_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.seals FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER variants_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.variants FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT fk_attempts_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT fk_decisions_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT fk_decisions_successor FOREIGN KEY (successor) REFERENCES public.notices(id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
ALTER TABLE ONLY public.erasures
    ADD CONSTRAINT fk_erasures_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT fk_imported_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.imported
    ADD CONSTRAINT fk_imported_import FOREIGN KEY (import) REFERENCES public.imports(id);
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT fk_leaves_seal FOREIGN KEY (seal) REFERENCES public.seals(place);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT fk_outcomes_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.outcomes
    ADD CONSTRAINT fk_outcomes_report FOREIGN KEY (report) REFERENCES public.reports(id);
ALTER TABLE ONLY public.personalizations
    ADD CONSTRAINT fk_personalizations_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT fk_persons_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.raw_reports
    ADD CONSTRAINT fk_raw_reports_report FOREIGN KEY (report) REFERENCES public.reports(id);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT fk_receipts_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT fk_recipients_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.recipients
    ADD CONSTRAINT fk_recipients_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.variants
    ADD CONSTRAINT fk_variants_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
