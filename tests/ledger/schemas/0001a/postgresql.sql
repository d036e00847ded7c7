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
    name text NOT NULL
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
    commitment text NOT NULL
);
CREATE TABLE public.reports (
    id integer NOT NULL,
    source text NOT NULL,
    raw_digest text,
    outcomes_root text NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    heard_at timestamp with time zone NOT NULL
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
ALTER TABLE ONLY public.notices ALTER COLUMN id SET DEFAULT nextval('public.notices_id_seq'::regclass);
ALTER TABLE ONLY public.receipts ALTER COLUMN id SET DEFAULT nextval('public.receipts_id_seq'::regclass);
ALTER TABLE ONLY public.reports ALTER COLUMN id SET DEFAULT nextval('public.reports_id_seq'::regclass);
INSERT INTO public.accounts VALUES (1, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (2, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (3, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (4, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (5, 'en', '2024-01-31', NULL, false);
INSERT INTO public.accounts VALUES (6, 'en', '2024-01-31', NULL, false);
INSERT INTO public.alembic_version VALUES ('0001a');
INSERT INTO public.attempts VALUES (1, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', '606386ffec86cc9f06ff3461eb1b0a06c2c2c402015647912faba8c9cef8343b', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.attempts VALUES (2, 1, 'outbox', 'here', '2026-11-23 09:00:00+00', 'cfb31af4ff6f9064c2eae824c2452d803b17a92021ae377dd99ed80b1eaa0bce', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.deliveries VALUES (1, 6, '219a982f72070416cd869a17aa168a08', 0, false, 'pending', NULL, NULL, NULL);
INSERT INTO public.deliveries VALUES (1, 3, '219a982f720e22175042af278cd16333', 0, false, 'refused', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 1, '219a982f72de7ba41eb232de021546ad', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 2, '219a982f72e2bbce4c54691a10aa7287', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 4, '219a982f72a82aacea2ebd607b99ca87', 0, false, 'bounced', NULL, NULL, 1);
INSERT INTO public.deliveries VALUES (1, 5, '219a982f726e85d05082e91fa336fa33', 0, false, 'unknown', NULL, NULL, 2);
INSERT INTO public.leaves VALUES (1, 0, 'origin', 1, '7d5eb423481dae7f64c0af97aae47c6645e1698eca3984aedb2a70d95f65f307');
INSERT INTO public.leaves VALUES (1, 1, 'notices', 1, '31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO public.leaves VALUES (1, 2, 'attempts', 1, 'b69f605e113446fdabef0cc6ebe9b8b69213b609dcced01c0dca285523b2f0cf');
INSERT INTO public.leaves VALUES (1, 3, 'attempts', 2, 'c2feb254ff81437bdc1c44c267375a8f48fb1e64a559298f66a2d0bf7774420c');
INSERT INTO public.leaves VALUES (1, 4, 'reports', 1, '8a4924c9428178d1de33ba393fe7b2f3736dcffbbe7eba656d51cfb3320ba845');
INSERT INTO public.leaves VALUES (1, 5, 'reports', 2, '76bd11031874efc807789009bc1215555433b23b363610baae37cfbf46c26b96');
INSERT INTO public.leaves VALUES (1, 6, 'reports', 3, '11172928c568650b1364a7ccb5eaefb3b7e9b7b142d6037a3277254aa32dbb46');
INSERT INTO public.leaves VALUES (1, 7, 'receipts', 1, 'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO public.leaves VALUES (1, 8, 'receipts', 2, '696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO public.notices VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'privacy', '2.0.0', 2000000000000, 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', '2026-12-31', 6, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'Us <us@kvm.hk>', 'dpo@kvm.hk', 'outbox', 'here', '8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.origin VALUES (1, '5b3f36770a0a493162bf08b3dd82664b', false, '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 0, '219a982f72de7ba41eb232de021546ad', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 1, '219a982f72e2bbce4c54691a10aa7287', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 2, '219a982f720e22175042af278cd16333', 1, 'refused', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (1, 3, '219a982f72a82aacea2ebd607b99ca87', 1, 'accepted', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 0, '219a982f72de7ba41eb232de021546ad', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 1, '219a982f72e2bbce4c54691a10aa7287', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 2, '219a982f720e22175042af278cd16333', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (2, 3, '219a982f72a82aacea2ebd607b99ca87', 1, 'bounced', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.outcomes VALUES (3, 0, '219a982f726e85d05082e91fa336fa33', 2, 'unknown', '', '', '2026-11-23 09:00:00+00');
INSERT INTO public.personalizations VALUES ('219a982f72de7ba41eb232de021546ad', 1, '{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}', '\x8c8ef90491c4818e0d2d2b10b880b09bfe09e353edd7ffbcc2d578840fd3f02a');
INSERT INTO public.personalizations VALUES ('219a982f720e22175042af278cd16333', 1, '{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}', '\x99162ba5cd52f75833ff4f3d36aa418650a529add69a1fec07e30fa609d69f7f');
INSERT INTO public.personalizations VALUES ('219a982f72a82aacea2ebd607b99ca87', 1, '{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}', '\x5de110758c94dcccd9b2e667bc3d142b05b710686c78b39c987ab8622a8081b4');
INSERT INTO public.personalizations VALUES ('219a982f726e85d05082e91fa336fa33', 2, '{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}', '\x790bb4f18a88527f835b02e4961c9fb6d43dd26d520d92c58804525fee0c2948');
INSERT INTO public.persons VALUES (1, 'client-1', 'person1@example.com', 'Person Number 1');
INSERT INTO public.persons VALUES (3, 'client-3', 'person3@example.com', 'Person Number 3');
INSERT INTO public.persons VALUES (4, 'client-4', 'person4@example.com', 'Person Number 4');
INSERT INTO public.persons VALUES (5, 'client-5', 'person5@example.com', 'Person Number 5');
INSERT INTO public.persons VALUES (6, 'client-6', 'person6@example.com', 'Person Number 6');
INSERT INTO public.receipts VALUES (1, 'privacy', 1, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.receipts VALUES (2, 'privacy', 2, '2.0.0', 2000000000000, 'confirmed', '', '', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.recipients VALUES (1, 0, '219a982f72de7ba41eb232de021546ad', 1, '502fc6426b9ce14766a720c49ffe0a00d3d5a744ebd56f462c989cb3f0b092a0');
INSERT INTO public.recipients VALUES (1, 1, '219a982f72e2bbce4c54691a10aa7287', 2, '4a2a27ce42d9b8b516896c721d5c5390e1a2456147ede2186027cabdcf9a3115');
INSERT INTO public.recipients VALUES (1, 2, '219a982f720e22175042af278cd16333', 3, '089dd57f07ca944e5983c3b575c100c6bc6ca11a728a539454d9cc88b7433eca');
INSERT INTO public.recipients VALUES (1, 3, '219a982f72a82aacea2ebd607b99ca87', 4, '853b475fadd3494707fed60af24b8f5ed9583d3e932fcfb1d3a4d9dc5798dd55');
INSERT INTO public.recipients VALUES (2, 0, '219a982f726e85d05082e91fa336fa33', 5, 'f8b194f0f93cec56fda4c795b16453070fdaa83038b708b6e0ef2978a59b8984');
INSERT INTO public.reports VALUES (1, 'outbox', NULL, '6f387e7a43c0cd14ea0312d08b7be33d8bcc905658b6d82849ace4a7f9341a0f', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (2, 'outbox', NULL, 'fd273cbed2735eb10e0fcb0d00cc894d3ad79f9c97be110e3cd29586b4cd9792', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.reports VALUES (3, 'outbox', NULL, 'e6c105ea1f163289112eb22b9f44df9673cf7c06c478163dd516d99c5839bb1d', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.seals VALUES (1, 9, 'b03f86758addb807803356ef9ad6cf8f6005e6b752a304db68dd17024e64a2df', 'f372610103e567171692e94db5226a6f11cddc528dc9eb3b7ad6859c7656f92c', '2026-11-23 09:00:00+00', '2026-11-23 09:00:00+00');
INSERT INTO public.variants VALUES (1, 0, 'en', '1.0.0', 'News', 'Hello', '<p>Hello</p>');
INSERT INTO public.variants VALUES (1, 1, 'zh-Hant', '1.0.0', '消息', '你好', '<p>你好</p>');
SELECT pg_catalog.setval('public.attempts_id_seq', 2, true);
SELECT pg_catalog.setval('public.notices_id_seq', 1, true);
SELECT pg_catalog.setval('public.receipts_id_seq', 2, true);
SELECT pg_catalog.setval('public.reports_id_seq', 3, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (key);
ALTER TABLE ONLY public.attempts
    ADD CONSTRAINT pk_attempts PRIMARY KEY (id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (notice, account);
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
ALTER TABLE ONLY public.leaves
    ADD CONSTRAINT uq_leaves_source UNIQUE (source, "row");
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT uq_notices_plan UNIQUE (plan);
ALTER TABLE ONLY public.persons
    ADD CONSTRAINT uq_persons_id UNIQUE (id);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT uq_receipts_policy UNIQUE (policy, account, version, kind);
CREATE INDEX ix_deliveries_claimed ON public.deliveries USING btree (state, notice, lease_until) WHERE (state = 'claimed'::text);
CREATE INDEX ix_deliveries_pending ON public.deliveries USING btree (state, notice, variant, account) WHERE (state = 'pending'::text);
CREATE INDEX ix_deliveries_unknown ON public.deliveries USING btree (state, notice, attempt) WHERE (state = 'unknown'::text);
CREATE INDEX ix_notices_policy ON public.notices USING btree (policy, rank);
CREATE INDEX ix_outcomes_ref ON public.outcomes USING btree (ref);
CREATE TRIGGER attempts_refuses_change BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attempts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
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
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_account FOREIGN KEY (account) REFERENCES public.accounts(key);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_attempt FOREIGN KEY (attempt) REFERENCES public.attempts(id);
ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT fk_deliveries_notice FOREIGN KEY (notice) REFERENCES public.notices(id);
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
