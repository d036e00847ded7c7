BEGIN TRANSACTION;
CREATE TABLE accounts (
	"key" INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	created_on DATE NOT NULL, 
	closed_on DATE, 
	restricted BOOLEAN NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY ("key")
);
INSERT INTO "accounts" VALUES(1,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(2,'','0001-01-01',NULL,0);
INSERT INTO "accounts" VALUES(3,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(4,'en','2024-01-31',NULL,1);
INSERT INTO "accounts" VALUES(5,'en','2024-01-31',NULL,0);
INSERT INTO "accounts" VALUES(6,'en','2024-01-31',NULL,0);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE answers (
	caller TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	request TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (caller, "key")
)
 WITHOUT ROWID

;
INSERT INTO "answers" VALUES('key 1','first','rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr','{"receipts": 1, "consents": 2, "objections": 2, "again": false}','2026-11-23 09:00:00.000000');
CREATE TABLE api_keys (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	scopes TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_api_keys PRIMARY KEY (id), 
	CONSTRAINT uq_api_keys_digest UNIQUE (digest)
);
INSERT INTO "api_keys" VALUES(1,'portal','read record','870d9f2c49472e3c162bd5f3bc3ef51b00b90869066bcc1d8595dc6baf21a281','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "api_keys" VALUES(2,'old','read','f19b2f4ceb0e56f901570475d35777ad61001d7f12f04f3b64285c604df20de9','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	notice INTEGER NOT NULL, 
	transport TEXT NOT NULL, 
	host TEXT NOT NULL, 
	dated_at DATETIME NOT NULL, 
	recipients_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT fk_attempts_notice FOREIGN KEY(notice) REFERENCES notices (id)
);
INSERT INTO "attempts" VALUES(1,1,'outbox','here','2026-11-23 09:00:00.000000','b4635648e599a00468ce1d60d200d863d8e63e1f72915d85e7bd9dc2eb161dda','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(2,1,'outbox','here','2026-11-23 09:00:00.000000','4d7c6b4e2ae9c159a1d3e08297933ef38a9653fdc51db1db9ede8710bacadd1f','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(3,3,'outbox','here','2026-11-23 09:00:00.000000','e42dcd2acba044d312e14e7cf5536a17cb9ed8b91889813c71a437dce53aa93e','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE consents (
	id INTEGER NOT NULL, 
	policy TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	words TEXT NOT NULL, 
	language TEXT NOT NULL, 
	source TEXT NOT NULL, 
	ref TEXT, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (id), 
	CONSTRAINT fk_consents_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "consents" VALUES(1,'privacy',1,'3.0.0','','given','I consent to version 3.0.0.','en','link',NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "consents" VALUES(2,'privacy',3,'3.0.0','news','refused','I consent to version 3.0.0.','en','link',NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	notice INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	successor INTEGER, 
	deliveries_root TEXT, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_decisions PRIMARY KEY (id), 
	CONSTRAINT fk_decisions_notice FOREIGN KEY(notice) REFERENCES notices (id), 
	CONSTRAINT fk_decisions_successor FOREIGN KEY(successor) REFERENCES notices (id)
);
INSERT INTO "decisions" VALUES(1,1,'announced',NULL,'a14c627420dabebe52db5a9b8a5477d3f212a7f53a24c1e7ae8ac11928a05e84','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(2,1,'superseded',2,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(3,2,'announced',NULL,'ab6492fda1b982d6392f56d88786257b7ff2321efdaacdeb9a4670630fc06ecf','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(4,2,'superseded',1,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(5,1,'announced',NULL,'a14c627420dabebe52db5a9b8a5477d3f212a7f53a24c1e7ae8ac11928a05e84','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(6,3,'announced',NULL,'869c30e748df427c5490e2763791336b950a3e6116bd5dfc5cede31cea96c0e7','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(7,3,'cancelled',NULL,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE deliveries (
	notice INTEGER NOT NULL, 
	account INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	variant INTEGER NOT NULL, 
	though_closed BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	claim TEXT, 
	lease_until DATETIME, 
	attempt INTEGER, 
	CONSTRAINT pk_deliveries PRIMARY KEY (notice, account), 
	CONSTRAINT fk_deliveries_notice FOREIGN KEY(notice) REFERENCES notices (id), 
	CONSTRAINT fk_deliveries_account FOREIGN KEY(account) REFERENCES accounts ("key"), 
	CONSTRAINT uq_deliveries_ref UNIQUE (ref), 
	CONSTRAINT fk_deliveries_attempt FOREIGN KEY(attempt) REFERENCES attempts (id)
)
 WITHOUT ROWID

;
INSERT INTO "deliveries" VALUES(1,1,'56d7b50c13859e02a8c825a21367789c',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,2,'56d7b50c13d29ff68273e65b7b0ffbc9',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,3,'56d7b50c139c77f2ad471b715ea96ad4',0,0,'refused',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,4,'56d7b50c13e64b208b646dd80b751ece',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,5,'56d7b50c131385e128ff710dfa8307da',0,0,'unknown',NULL,NULL,2);
INSERT INTO "deliveries" VALUES(1,6,'56d7b50c130dccfd7e662d58ad50f4d2',0,0,'pending',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(2,1,'a425857dbd5193eb26c45cd442c2e84e',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,3,'a0260832dfef4c73945a8a4178755a6b',0,0,'delivered',NULL,NULL,3);
INSERT INTO "deliveries" VALUES(3,4,'a0260832df15df87c95a7c10de9de7f6',0,0,'skipped',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,5,'a0260832df477c9ece69250e56de66e0',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,6,'a0260832df961b359a24cffeb1280612',0,0,'cancelled',NULL,NULL,NULL);
CREATE TABLE erasures (
	id INTEGER NOT NULL, 
	account INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_erasures PRIMARY KEY (id), 
	CONSTRAINT uq_erasures_account UNIQUE (account), 
	CONSTRAINT fk_erasures_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "erasures" VALUES(1,2,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE forwardings (
	id INTEGER NOT NULL, 
	objection INTEGER NOT NULL, 
	transport TEXT NOT NULL, 
	host TEXT NOT NULL, 
	state TEXT NOT NULL, 
	text TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_forwardings PRIMARY KEY (id), 
	CONSTRAINT fk_forwardings_objection FOREIGN KEY(objection) REFERENCES objections (id)
);
INSERT INTO "forwardings" VALUES(1,1,'outbox','here','accepted','taken','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE imported (
	import INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	account INTEGER NOT NULL, 
	commitment TEXT NOT NULL, 
	CONSTRAINT pk_imported PRIMARY KEY (import, place), 
	CONSTRAINT fk_imported_import FOREIGN KEY(import) REFERENCES imports (id), 
	CONSTRAINT fk_imported_account FOREIGN KEY(account) REFERENCES accounts ("key")
)
 WITHOUT ROWID

;
INSERT INTO "imported" VALUES(1,0,1,'cc6fba20e1aeda5a37f22512ce9222f97373b7854f8403bf54ba619034f430ce');
INSERT INTO "imported" VALUES(1,1,2,'4ea6a4fc5e373cf0666b1ffbe7f7a207513a71ac0182903deb02d40b01f9d2d4');
INSERT INTO "imported" VALUES(1,2,3,'83e69f049c1ae618f6a741a1a5b0aa0d9ec00f9c9038c3ed7213681365d91c0d');
INSERT INTO "imported" VALUES(1,3,4,'552a87003d75e895664cebbf6563b72b4c26863d0b35ffa40f00a4405d942981');
INSERT INTO "imported" VALUES(1,4,5,'07962f3fad9b7d8288e151c0a54f1c7490c125f1547ba43f3f9e52edbfe2c64c');
INSERT INTO "imported" VALUES(1,5,6,'38f702ee39a654600e7334da4d05eac6076e8ffb6b6beead711dac6d15fe9be4');
INSERT INTO "imported" VALUES(2,0,4,'def20db90c3b04cd7409d534fb023f9cafcac851fc78e11cc93da10971fcc3f9');
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	accounts_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
INSERT INTO "imports" VALUES(1,'e7bacb1de04bad027a1c7be5d1083a2dc9330768660015b3ee80052cc3abe25a','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "imports" VALUES(2,'888d8df49b5c4dae4293e558fec5be474fc72dd57d7390fddc111aff16c962a4','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE instances (
	id INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_instances PRIMARY KEY (id)
);
INSERT INTO "instances" VALUES(1,'file 2220055','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE leaves (
	seal INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	"row" INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_leaves PRIMARY KEY (seal, place), 
	CONSTRAINT uq_leaves_source UNIQUE (source, "row"), 
	CONSTRAINT fk_leaves_seal FOREIGN KEY(seal) REFERENCES seals (place)
)
 WITHOUT ROWID

;
INSERT INTO "leaves" VALUES(1,0,'origin',1,'640bb43bd20a14c796da2d89de624ba2dc022f2c4948da095b996ed0bc81f0d8');
INSERT INTO "leaves" VALUES(1,1,'instances',1,'646f04026004edd7649ab0faed68dd93fadba0ba8d4d6e9da34bc427dc5cb092');
INSERT INTO "leaves" VALUES(2,0,'imports',1,'85e9009feb7d477abf768c4f69de07f04b4503b1ab2f9ed112b875855080eb37');
INSERT INTO "leaves" VALUES(2,1,'notices',1,'31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO "leaves" VALUES(2,2,'notices',2,'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO "leaves" VALUES(2,3,'decisions',1,'05c6c80e945a857448b5c807ace5733fb8d041f2c72d6d6702f3bb0b8f582630');
INSERT INTO "leaves" VALUES(2,4,'decisions',2,'7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO "leaves" VALUES(2,5,'decisions',3,'2b155b8f4465ec70893970a6c4290f585ff04412163422160ffe74d5d42c5aca');
INSERT INTO "leaves" VALUES(2,6,'decisions',4,'71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO "leaves" VALUES(2,7,'decisions',5,'4729dea51a7fba0488b32d0aa7b926a0509371e7491c12f2a87df64955964a17');
INSERT INTO "leaves" VALUES(2,8,'attempts',1,'0fd2d5255b477a7fb3db2a2b1c040e73a9838edccb5a9b1de3aeff36c5262c69');
INSERT INTO "leaves" VALUES(2,9,'attempts',2,'cb7b95ff942af368c0355804c353738211a8c60ebb5a39a65c1d9a8c2d1206b7');
INSERT INTO "leaves" VALUES(2,10,'reports',1,'37e39ea77194fb36e83fed69bb5a7e97a179e663d4b8f15080453ae1abb8bed3');
INSERT INTO "leaves" VALUES(2,11,'reports',2,'c759e08e52a4f87ecf27913d2e681c94878f1c0d06c103307509509d089ef7e8');
INSERT INTO "leaves" VALUES(2,12,'reports',3,'2435053c41e8934c9c469c662c61f6099f4d86e47087272da7cdc3798353ac67');
INSERT INTO "leaves" VALUES(2,13,'receipts',1,'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO "leaves" VALUES(2,14,'receipts',2,'696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO "leaves" VALUES(3,0,'imports',2,'3e9d65d01b4ce6886217cf8c7d3596327f99eb695cf2c3be51100300a36a4d58');
INSERT INTO "leaves" VALUES(3,1,'erasures',1,'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO "leaves" VALUES(3,2,'notices',3,'329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO "leaves" VALUES(3,3,'decisions',6,'ae639781b00a9a32f6cf8defc0de81acd4e207bd3717298d9d7adfcaff4057c1');
INSERT INTO "leaves" VALUES(3,4,'decisions',7,'267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO "leaves" VALUES(3,5,'attempts',3,'25954942c5ff62de8d5b85a813e3ed444536588d9efb436ebf146b23b5811d94');
INSERT INTO "leaves" VALUES(3,6,'reports',4,'dae9f1e3e3fec12a48c7187314df1bdeb5226f47edc3abaf857b2c060eb8c254');
INSERT INTO "leaves" VALUES(3,7,'reports',5,'25155c8a60592142681683d00d92c9620a055b51913b58d8069b5a963af31085');
INSERT INTO "leaves" VALUES(3,8,'reports',6,'20caa70bc2f90c1de8874061ac9c475151db1861871ab2262875b5bef374ac53');
INSERT INTO "leaves" VALUES(3,9,'receipts',3,'4c8397a06f6d2cb45c4293a5e71ec3d70c2833cf57ec505c5d96b5dcaa98d57f');
INSERT INTO "leaves" VALUES(3,10,'consents',1,'b145bbd064d9ed97a7454f2952fc17180df825c09933b25ed3b1f3bd163ba8e3');
INSERT INTO "leaves" VALUES(3,11,'consents',2,'394f77ba4c3ae5b1a8e68545be5aaddafb37c0993fcc23b20f4f35457b4a8717');
INSERT INTO "leaves" VALUES(3,12,'objections',1,'e0fe4f3098d50455a901fb9f5d6168497b19b46051ea4c15de7784ddcdbc0b4d');
INSERT INTO "leaves" VALUES(3,13,'objections',2,'5cce290dd3da16a32387005e44252ae57977128aa392d0360a80219e4d98f7d7');
INSERT INTO "leaves" VALUES(3,14,'forwardings',1,'30f2f57933ad51e8f7fb3c4938ca4747a9c935de8be245a2b4928a9e76192769');
INSERT INTO "leaves" VALUES(3,15,'api_keys',1,'49603d2c64cb160ae2ab6e7ab65598d552aadb4c9fba61eabf650a27fa02692f');
INSERT INTO "leaves" VALUES(3,16,'api_keys',2,'dd9e3caa2ffca820f0ccb4d3639a739677ff9f1c18841acc04a09651c4d6853f');
INSERT INTO "leaves" VALUES(3,17,'revocations',1,'ddf3936133de0c39bc47ced5c5d40be52b12b1927870711ca7b2be1c4d149eb3');
CREATE TABLE notices (
	id INTEGER NOT NULL, 
	"plan" TEXT NOT NULL, 
	policy TEXT NOT NULL, 
	version TEXT NOT NULL, 
	rank BIGINT NOT NULL, 
	version_digest TEXT NOT NULL, 
	effective_on DATE NOT NULL, 
	audience INTEGER NOT NULL, 
	audience_digest TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	reply_to TEXT NOT NULL, 
	transport TEXT NOT NULL, 
	host TEXT NOT NULL, 
	variants_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_notices PRIMARY KEY (id), 
	CONSTRAINT uq_notices_plan UNIQUE ("plan")
);
INSERT INTO "notices" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','privacy','2.0.0',2000000000000,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-12-31',6,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','Us <us@kvm.hk>','dpo@kvm.hk','outbox','here','8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "notices" VALUES(2,'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','privacy','2.0.0',2000000000000,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-12-31',1,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','Us <us@kvm.hk>','dpo@kvm.hk','outbox','here','8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "notices" VALUES(3,'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','privacy','3.0.0',3000000000000,'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd','2026-12-31',4,'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','Us <us@kvm.hk>','dpo@kvm.hk','outbox','here','8af1a6c2f542eb525425e901eee38262a7b35cba6e9d0d1d6e5de77177218b1c','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE objection_texts (
	objection INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_objection_texts PRIMARY KEY (objection), 
	CONSTRAINT fk_objection_texts_objection FOREIGN KEY(objection) REFERENCES objections (id)
);
INSERT INTO "objection_texts" VALUES(1,'I do not want this.',X'889B459AEB000B29B0F8F74057D05C34E90DF00D3A7DD1ED582D80A8BC229ABE');
CREATE TABLE objections (
	id INTEGER NOT NULL, 
	policy TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	commitment TEXT NOT NULL, 
	language TEXT NOT NULL, 
	source TEXT NOT NULL, 
	ref TEXT, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_objections PRIMARY KEY (id), 
	CONSTRAINT fk_objections_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "objections" VALUES(1,'privacy',1,'2.0.0','52a2a5f626da5d0b3cbb626b620dcbb6077fd0912acb5b30c0557ecdccb2c7e7','','',NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "objections" VALUES(2,'privacy',2,'2.0.0','e244c9f5eed2e9c6d4d53a19e9b261f4eeb306bb8598f54cbc376a30037d1094','','',NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE origin (
	id INTEGER NOT NULL, 
	ledger TEXT NOT NULL, 
	rehearsal BOOLEAN NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_origin PRIMARY KEY (id)
);
INSERT INTO "origin" VALUES(1,'c914fc0631d88306c97417f023776dae',0,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE outcomes (
	report INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	attempt INTEGER, 
	state TEXT NOT NULL, 
	text TEXT NOT NULL, 
	provider_id TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	CONSTRAINT pk_outcomes PRIMARY KEY (report, place), 
	CONSTRAINT fk_outcomes_report FOREIGN KEY(report) REFERENCES reports (id), 
	CONSTRAINT fk_outcomes_attempt FOREIGN KEY(attempt) REFERENCES attempts (id)
)
 WITHOUT ROWID

;
INSERT INTO "outcomes" VALUES(1,0,'56d7b50c13859e02a8c825a21367789c',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,1,'56d7b50c13d29ff68273e65b7b0ffbc9',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,2,'56d7b50c139c77f2ad471b715ea96ad4',1,'refused','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,3,'56d7b50c13e64b208b646dd80b751ece',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,0,'56d7b50c13859e02a8c825a21367789c',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,1,'56d7b50c13d29ff68273e65b7b0ffbc9',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,2,'56d7b50c139c77f2ad471b715ea96ad4',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,3,'56d7b50c13e64b208b646dd80b751ece',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(3,0,'56d7b50c131385e128ff710dfa8307da',2,'unknown','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(4,0,'a0260832dfef4c73945a8a4178755a6b',3,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(5,0,'a0260832dfef4c73945a8a4178755a6b',3,'delivered','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(6,0,'a0260832df15df87c95a7c10de9de7f6',NULL,'skipped','restricted','','2026-11-23 09:00:00.000000');
CREATE TABLE personalizations (
	ref TEXT NOT NULL, 
	attempt INTEGER NOT NULL, 
	filled TEXT NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_personalizations PRIMARY KEY (ref, attempt), 
	CONSTRAINT fk_personalizations_attempt FOREIGN KEY(attempt) REFERENCES attempts (id)
)
 WITHOUT ROWID

;
INSERT INTO "personalizations" VALUES('56d7b50c131385e128ff710dfa8307da',2,'{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com", "link": ""}',X'34DE5C66EA8A0B4D07BD187416E61088AF51E95ACC44C3C05EDA7DD9E5CC41AE');
INSERT INTO "personalizations" VALUES('56d7b50c13859e02a8c825a21367789c',1,'{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com", "link": ""}',X'A5E78CDEF9EE8A01472F51C3EB8B2E36F839A26B205379E064CF41C79F253EBA');
INSERT INTO "personalizations" VALUES('56d7b50c139c77f2ad471b715ea96ad4',1,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com", "link": ""}',X'EEDD68952A70C1E6D1CC4E8558CE3E320FCE57D89610B64540C063F001120E5E');
INSERT INTO "personalizations" VALUES('56d7b50c13e64b208b646dd80b751ece',1,'{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com", "link": ""}',X'9EA1837A1781B4846B22588F1E3AF844159D699618684A9CD719E9423F17461E');
INSERT INTO "personalizations" VALUES('a0260832dfef4c73945a8a4178755a6b',3,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com", "link": ""}',X'DAA329EF5A1F7798D3B9016653CAD3C401341B3DD992C977DCB65ED554DC223B');
CREATE TABLE "persons" (
	account INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	email TEXT NOT NULL, 
	name TEXT NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_persons PRIMARY KEY (account), 
	CONSTRAINT fk_persons_account FOREIGN KEY(account) REFERENCES accounts ("key"), 
	CONSTRAINT uq_persons_id UNIQUE (id)
);
INSERT INTO "persons" VALUES(1,'client-1','person1@example.com','Person Number 1',X'719BD1A7E8137A5F13AFB0E9A7491EE87567C6C5A541C781E5FB73F5D1CF6318');
INSERT INTO "persons" VALUES(3,'client-3','person3@example.com','Person Number 3',X'A8B2854E8976348848BD3D03EC033070C70F31C59229327C6B5C5E370E89EC49');
INSERT INTO "persons" VALUES(4,'client-4','person4@example.com','Person Number 4',X'2A7E91C3C801EF5D136AB63E9D41CC3D17487D0A679F2BD1435F3000A6289779');
INSERT INTO "persons" VALUES(5,'client-5','person5@example.com','Person Number 5',X'5A9AF3B3EC1600ECB6AEBA05C6AE3C22F91FB12810C03BA78A6AE29C3FAA8868');
INSERT INTO "persons" VALUES(6,'client-6','person6@example.com','Person Number 6',X'29C65C1F098D97CE5E5CF7DD91DC05AA6CF52A0618CA476FE0B94F6BF15EA8A5');
CREATE TABLE posts (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	raw BLOB NOT NULL, 
	tried INTEGER NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_posts PRIMARY KEY (id)
);
INSERT INTO "posts" VALUES(1,'sendgrid',X'5B5D',0,'2026-11-23 09:00:00.000000');
CREATE TABLE raw_reports (
	report INTEGER NOT NULL, 
	raw BLOB NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_raw_reports PRIMARY KEY (report), 
	CONSTRAINT fk_raw_reports_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "raw_reports" VALUES(5,X'5B7B7D5D',X'FA85283A6A433D8610CC8390C6FFE3A940B91704811351AF3BD9D96B7AB4688F');
CREATE TABLE receipts (
	id INTEGER NOT NULL, 
	policy TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	version TEXT NOT NULL, 
	rank BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	language TEXT NOT NULL, 
	source TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, shown TEXT, ref TEXT, 
	CONSTRAINT pk_receipts PRIMARY KEY (id), 
	CONSTRAINT uq_receipts_policy UNIQUE (policy, account, version, kind), 
	CONSTRAINT fk_receipts_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "receipts" VALUES(1,'privacy',1,'2.0.0',2000000000000,'confirmed','','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL,NULL);
INSERT INTO "receipts" VALUES(2,'privacy',2,'2.0.0',2000000000000,'confirmed','','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL,NULL);
INSERT INTO "receipts" VALUES(3,'privacy',3,'2.0.0',2000000000000,'confirmed','en','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000','words-1:aa','a-delivery');
CREATE TABLE recipients (
	attempt INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	ref TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	commitment TEXT NOT NULL, filled TEXT, 
	CONSTRAINT pk_recipients PRIMARY KEY (attempt, place), 
	CONSTRAINT fk_recipients_attempt FOREIGN KEY(attempt) REFERENCES attempts (id), 
	CONSTRAINT fk_recipients_account FOREIGN KEY(account) REFERENCES accounts ("key")
)
 WITHOUT ROWID

;
INSERT INTO "recipients" VALUES(1,0,'56d7b50c13859e02a8c825a21367789c',1,'b4e2f783311d75232aa737fe81e024246a2223667842278237977aaa5cb20555','5020da3391e62fd9c433975c4ac964dee110f428362c7f1338f957df5d18e471');
INSERT INTO "recipients" VALUES(1,1,'56d7b50c13d29ff68273e65b7b0ffbc9',2,'75821303874131b63647e90135c5f3d56a6d16c87133c95afce0dbc36c055723','e2495e915bdf847b4f30cf0a35387b95294dc5867ec84340f9cc16ed1802557b');
INSERT INTO "recipients" VALUES(1,2,'56d7b50c139c77f2ad471b715ea96ad4',3,'9faab03446f20bb42115e02f37f922c947b01d04765ced344d90fec54180044a','251b3e1a0603cfe52b2636b21219cae2031c2858035d33652dc526328e96f6de');
INSERT INTO "recipients" VALUES(1,3,'56d7b50c13e64b208b646dd80b751ece',4,'13e80481b45a4cc3a634a7501cf2eacbadbee88f5fa331e9488c59893d3792a5','9cc702972d18d98122723c70496fbb22fe975b25cf68b09dea69c6641c2b6c62');
INSERT INTO "recipients" VALUES(2,0,'56d7b50c131385e128ff710dfa8307da',5,'c677b44e93b564f7a4eff3aeaf8e3995ad9b260531e32a0aec42883bbd9acba1','83b54201b3ced03c7a93b6bdad214f38b95d29a53b6721d08ea57a11463da744');
INSERT INTO "recipients" VALUES(3,0,'a0260832dfef4c73945a8a4178755a6b',3,'6f1162a007211c41763beeb3162c5f093b09b30d7cb18ad3fce4c1bf63eacd6c','d9f5dee54424844254ed925e6326bb3a171c5e1dce562bbb74b85770976ca421');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	raw_digest TEXT, 
	outcomes_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, decision INTEGER, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'outbox',NULL,'395e32c2132ecd15cb50ec0cf400f72b2b6d59eca38cc52c0a6c597a194c7c47','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(2,'outbox',NULL,'1dc268701be603c25eff29a7af4ecd432c8f2b185c3d4264abc915bf1316e73d','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(3,'outbox',NULL,'38e58cc9b1b0c1d2f15ba7da79e708ce22f2877b322d1f99df5bb033e1877c52','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(4,'outbox',NULL,'459165d02cd21b70b513f344d035d0932a93674d0bc00e0d6208d8e13b2a0947','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(5,'sendgrid','bb99dd0c17e10c07fd5c14e7d6968f9f0dace1d431074b1ef8f0ae218a77b8c0','8e3bd355913298d189e9e2264c2a497074bf5f1f6deda26ef5c516e71aad39c4','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(6,'claim',NULL,'66860239b3929fcd1546c1a96153ee51b398238be12837ebec27df56f15693a2','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',6);
CREATE TABLE revocations (
	id INTEGER NOT NULL, 
	"key" INTEGER NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_revocations PRIMARY KEY (id), 
	CONSTRAINT uq_revocations_key UNIQUE ("key"), 
	CONSTRAINT fk_revocations_key FOREIGN KEY("key") REFERENCES api_keys (id)
);
INSERT INTO "revocations" VALUES(1,2,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE seals (
	place INTEGER NOT NULL, 
	entries INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY (place)
);
INSERT INTO "seals" VALUES(1,2,'5cc3dedf24eda0a19b4a40f70879a692d243b6c7c74512006f15c489fe92a1f0','8402665d80e74ac59ac6db27f264d9f731deea6091e78b8b12633061ea84e072','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "seals" VALUES(2,15,'c98e4a4ff83ea948d74215de689d979c12e5c9b47da07a3d277776761437ab33','2ac27842bdba2eef390a4e0efe5b1c6add7c918787a6ba022fd5cf39578954f0','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "seals" VALUES(3,18,'957f42503ee1f543b61674eed76561e12dc791c84576ce366d30798077ab686d','a769444dac4adb4b47e004eccc81f8a46f3a15b3de45bbbd8c2506e8741453e4','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE variants (
	notice INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	since TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	text TEXT NOT NULL, 
	html TEXT NOT NULL, 
	CONSTRAINT pk_variants PRIMARY KEY (notice, place), 
	CONSTRAINT fk_variants_notice FOREIGN KEY(notice) REFERENCES notices (id)
)
 WITHOUT ROWID

;
INSERT INTO "variants" VALUES(1,0,'en','1.0.0','News','Hello','<p>Hello</p>');
INSERT INTO "variants" VALUES(1,1,'zh-Hant','1.0.0','消息','你好','<p>你好</p>');
INSERT INTO "variants" VALUES(2,0,'en','1.0.0','News','Hello','<p>Hello</p>');
INSERT INTO "variants" VALUES(2,1,'zh-Hant','1.0.0','消息','你好','<p>你好</p>');
INSERT INTO "variants" VALUES(3,0,'en','1.0.0','News','Hello','<p>Hello</p>');
INSERT INTO "variants" VALUES(3,1,'zh-Hant','1.0.0','消息','你好','<p>你好</p>');
CREATE INDEX ix_notices_policy ON notices (policy, rank);
CREATE INDEX ix_outcomes_ref ON outcomes (ref);
CREATE INDEX ix_deliveries_pending ON deliveries (state, notice, variant, account) WHERE state = 'pending';
CREATE INDEX ix_deliveries_claimed ON deliveries (state, notice, lease_until) WHERE state = 'claimed';
CREATE INDEX ix_deliveries_unknown ON deliveries (state, notice, attempt) WHERE state = 'unknown';
CREATE TRIGGER origin_refuses_UPDATE BEFORE UPDATE ON origin BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER origin_refuses_DELETE BEFORE DELETE ON origin BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER notices_refuses_UPDATE BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER notices_refuses_DELETE BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER attempts_refuses_UPDATE BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER attempts_refuses_DELETE BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER reports_refuses_UPDATE BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER reports_refuses_DELETE BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipts_refuses_UPDATE BEFORE UPDATE ON receipts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER receipts_refuses_DELETE BEFORE DELETE ON receipts BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER variants_refuses_UPDATE BEFORE UPDATE ON variants BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER variants_refuses_DELETE BEFORE DELETE ON variants BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER recipients_refuses_UPDATE BEFORE UPDATE ON recipients BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER recipients_refuses_DELETE BEFORE DELETE ON recipients BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER outcomes_refuses_UPDATE BEFORE UPDATE ON outcomes BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER outcomes_refuses_DELETE BEFORE DELETE ON outcomes BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER seals_refuses_UPDATE BEFORE UPDATE ON seals BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER seals_refuses_DELETE BEFORE DELETE ON seals BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER leaves_refuses_UPDATE BEFORE UPDATE ON leaves BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER leaves_refuses_DELETE BEFORE DELETE ON leaves BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE INDEX ix_imported_account ON imported (account);
CREATE INDEX ix_decisions_notice ON decisions (notice);
CREATE INDEX ix_recipients_ref ON recipients (ref);
CREATE TRIGGER imports_refuses_UPDATE BEFORE UPDATE ON imports BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER imports_refuses_DELETE BEFORE DELETE ON imports BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER imported_refuses_UPDATE BEFORE UPDATE ON imported BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER imported_refuses_DELETE BEFORE DELETE ON imported BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER erasures_refuses_UPDATE BEFORE UPDATE ON erasures BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER erasures_refuses_DELETE BEFORE DELETE ON erasures BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER decisions_refuses_UPDATE BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER decisions_refuses_DELETE BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER instances_refuses_UPDATE BEFORE UPDATE ON instances BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER instances_refuses_DELETE BEFORE DELETE ON instances BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE INDEX ix_consents_account ON consents (account);
CREATE INDEX ix_objections_account ON objections (account);
CREATE INDEX ix_forwardings_objection ON forwardings (objection);
CREATE INDEX ix_answers_heard_at ON answers (heard_at);
CREATE TRIGGER consents_refuses_UPDATE BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER consents_refuses_DELETE BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER objections_refuses_UPDATE BEFORE UPDATE ON objections BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER objections_refuses_DELETE BEFORE DELETE ON objections BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER forwardings_refuses_UPDATE BEFORE UPDATE ON forwardings BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER forwardings_refuses_DELETE BEFORE DELETE ON forwardings BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER api_keys_refuses_UPDATE BEFORE UPDATE ON api_keys BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER api_keys_refuses_DELETE BEFORE DELETE ON api_keys BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER revocations_refuses_UPDATE BEFORE UPDATE ON revocations BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER revocations_refuses_DELETE BEFORE DELETE ON revocations BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
COMMIT;
