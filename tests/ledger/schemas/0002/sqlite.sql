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
INSERT INTO "alembic_version" VALUES('0002');
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
INSERT INTO "attempts" VALUES(1,1,'outbox','here','2026-11-23 09:00:00.000000','93e6d9c32bbabe6a0db7c7c994db9c34aceab1cbd7b681489dc1ea5f1452f8c5','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(2,1,'outbox','here','2026-11-23 09:00:00.000000','12971898e971d41eb2f159f3eb6eed1045a9502883fe5d297bd0f9a6211ec622','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(3,3,'outbox','here','2026-11-23 09:00:00.000000','5e8d4bf1110e5e3ce5a9f043d859c603365bdeb416a034e0713c3f764a9f61a9','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "decisions" VALUES(1,1,'announced',NULL,'be4009f3f2bdab39d10c1fe3909c86cb31b46dcebce04915d577471c47149cf3','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(2,1,'superseded',2,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(3,2,'announced',NULL,'d62a7272a1eb1d7d01d2b6a085dd46f2ff01feb569544ed3d830793ad366c5d6','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(4,2,'superseded',1,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(5,1,'announced',NULL,'be4009f3f2bdab39d10c1fe3909c86cb31b46dcebce04915d577471c47149cf3','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(6,3,'announced',NULL,'ac246bfe3c923e0e962ef4270a2ffe3cf9f47278380def0cb673f6de49b5e8b2','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "deliveries" VALUES(1,1,'89ef8c4a2c83452f0fb918c7452485a4',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,2,'89ef8c4a2c5b8afa9cdc550523ae2b35',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,3,'89ef8c4a2cd1a6480f720aa24ba6ce29',0,0,'refused',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,4,'89ef8c4a2ce5f8950a14a5a78218fb67',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,5,'89ef8c4a2ca62a002d808f8585a5b4f0',0,0,'unknown',NULL,NULL,2);
INSERT INTO "deliveries" VALUES(1,6,'89ef8c4a2c7e5f1e80802df09c84274a',0,0,'pending',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(2,1,'b06d422ff01d4cfa8025fe0018100125',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,3,'00daef3019808c1481470c79578f2f94',0,0,'delivered',NULL,NULL,3);
INSERT INTO "deliveries" VALUES(3,4,'00daef301967b2333f3aba194b189cc4',0,0,'skipped',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,5,'00daef3019dfdef83cebcbf737fd990d',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,6,'00daef301950f3f8e80aa8f66ff42fd0',0,0,'cancelled',NULL,NULL,NULL);
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
INSERT INTO "imported" VALUES(1,0,1,'79493e15bf1647eb2250ca90cd108880b029b070eda4264f5887cd877bc0984a');
INSERT INTO "imported" VALUES(1,1,2,'0df693ac09fe32420707fe1e72f0976e4d591f49dc77afbebdfe5c3ed5042156');
INSERT INTO "imported" VALUES(1,2,3,'fce9422fedd6ba6b73c150778f789c411b1623535b21feb59a9b1d50ad625282');
INSERT INTO "imported" VALUES(1,3,4,'180039ac8fee7835d676bc00a8f41a4aa881ec0efaf670c2713a10d2e9939b70');
INSERT INTO "imported" VALUES(1,4,5,'8be44e2528253255a628bb8c318284d3cfa05441f608a096017e02f0eea27533');
INSERT INTO "imported" VALUES(1,5,6,'68e8912866505f7c0742f02ed0c34d54ea910c36e65abd29836a435719ff39f2');
INSERT INTO "imported" VALUES(2,0,4,'47c9626a06b76f6cd3c3c1e77cd94334f468c17e0f5495232695cc86770dc809');
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	accounts_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
INSERT INTO "imports" VALUES(1,'f325d256bd4fdb01f93848fd3a952ea3874de239ff1ef81699ba21b2fa4d1381','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "imports" VALUES(2,'9e707b5de17bb98e81261867eff3389adb09a93258be6c534cd6b6466472c003','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "leaves" VALUES(1,0,'origin',1,'0d8e3926df361313ce42f76ea46ba8036d73cdacdaf9926d3abcf8cd350a48ef');
INSERT INTO "leaves" VALUES(1,1,'imports',1,'e4676497606788d1c33440859e85bc618877e00810083575d36798e2db627f6e');
INSERT INTO "leaves" VALUES(1,2,'notices',1,'31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO "leaves" VALUES(1,3,'notices',2,'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO "leaves" VALUES(1,4,'decisions',1,'3fb654f15d7918cc441531aeafde184d4f2b39600fdabd8e02f5630b010e25e1');
INSERT INTO "leaves" VALUES(1,5,'decisions',2,'7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO "leaves" VALUES(1,6,'decisions',3,'34554c45c9a14223363534c85043e9f5d8e55f5e3683442b4897a9f60c8438c3');
INSERT INTO "leaves" VALUES(1,7,'decisions',4,'71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO "leaves" VALUES(1,8,'decisions',5,'fafab266b456d30e8dfcef29f4c49e58061e193a35c5a0b60b982236877774ad');
INSERT INTO "leaves" VALUES(1,9,'attempts',1,'47422ba611e88dd795b4e0cca1a741998b6c0f670cd534961ee781490467a532');
INSERT INTO "leaves" VALUES(1,10,'attempts',2,'b9e909ffc6c2bb5a2b089c04e61ec1a731bf767fa42962d65920b46c14bc75ca');
INSERT INTO "leaves" VALUES(1,11,'reports',1,'cbb570084e012bcc00edcb7ca6a579026043c59d996fefae2662894e402a2064');
INSERT INTO "leaves" VALUES(1,12,'reports',2,'6f952c6743f1b06ad976e7a04d85b817ea36432cd1655492ab275cea2bbb7bd4');
INSERT INTO "leaves" VALUES(1,13,'reports',3,'eaf9cd6ed883fe5e24b4d286c04675cbf77f16225c132e430116fa980cf6fd64');
INSERT INTO "leaves" VALUES(1,14,'receipts',1,'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO "leaves" VALUES(1,15,'receipts',2,'696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO "leaves" VALUES(2,0,'imports',2,'71bb0a3a72d83146d41f02648afe7d2714592ca31b08b0ff39ccf4161368c851');
INSERT INTO "leaves" VALUES(2,1,'erasures',1,'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO "leaves" VALUES(2,2,'notices',3,'329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO "leaves" VALUES(2,3,'decisions',6,'de4d460de0c4f30e269dd03907b68874973e1320d08f80ed710f49b7cdff6c50');
INSERT INTO "leaves" VALUES(2,4,'decisions',7,'267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO "leaves" VALUES(2,5,'attempts',3,'0c3d2a7012b5db0ebac829e7a1f0f14b60a0cbcd3f73da4ae232d5150b8e4444');
INSERT INTO "leaves" VALUES(2,6,'reports',4,'48c7f37ccbaaf90e642e0deb608b56f313f2c9ff7fefb8700509221cea137ace');
INSERT INTO "leaves" VALUES(2,7,'reports',5,'65e9d369a306876669e160a9f69bef544615ccd09b6dbfcf25e469790a84a4a0');
INSERT INTO "leaves" VALUES(2,8,'reports',6,'8e3cbea1e31da92f5f7148a9b7774b84697ffac4ab45f301936806ac89d8cb0b');
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
CREATE TABLE origin (
	id INTEGER NOT NULL, 
	ledger TEXT NOT NULL, 
	rehearsal BOOLEAN NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_origin PRIMARY KEY (id)
);
INSERT INTO "origin" VALUES(1,'43324d6c7cd8ba46cae13261104297a8',0,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "outcomes" VALUES(1,0,'89ef8c4a2c83452f0fb918c7452485a4',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,1,'89ef8c4a2c5b8afa9cdc550523ae2b35',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,2,'89ef8c4a2cd1a6480f720aa24ba6ce29',1,'refused','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,3,'89ef8c4a2ce5f8950a14a5a78218fb67',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,0,'89ef8c4a2c83452f0fb918c7452485a4',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,1,'89ef8c4a2c5b8afa9cdc550523ae2b35',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,2,'89ef8c4a2cd1a6480f720aa24ba6ce29',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,3,'89ef8c4a2ce5f8950a14a5a78218fb67',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(3,0,'89ef8c4a2ca62a002d808f8585a5b4f0',2,'unknown','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(4,0,'00daef3019808c1481470c79578f2f94',3,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(5,0,'00daef3019808c1481470c79578f2f94',3,'delivered','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(6,0,'00daef301967b2333f3aba194b189cc4',NULL,'skipped','restricted','','2026-11-23 09:00:00.000000');
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
INSERT INTO "personalizations" VALUES('00daef3019808c1481470c79578f2f94',3,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'DCF091780DE6B0A8F4E834958B257CB078CC1C342A33690895FE04826B1E491A');
INSERT INTO "personalizations" VALUES('89ef8c4a2c83452f0fb918c7452485a4',1,'{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}',X'F4DBBFF3220A242457AB87394B08E34BA0440C03F499D1CEE449C91FFF36E77C');
INSERT INTO "personalizations" VALUES('89ef8c4a2ca62a002d808f8585a5b4f0',2,'{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}',X'8BB6DA18FE9745E3280A7390525B766DAB0334B7DAEBD389DB4C78394B4C5720');
INSERT INTO "personalizations" VALUES('89ef8c4a2cd1a6480f720aa24ba6ce29',1,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'D707C03FAB5DCE59B4866F6CF820E7C262125D0BC899A1EDB3DDCA7F8AE228FF');
INSERT INTO "personalizations" VALUES('89ef8c4a2ce5f8950a14a5a78218fb67',1,'{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}',X'C86BA9501D0EF624286A2B7A6426E90B43F1A7C7D7585ACF0797C07609DD9DAD');
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
INSERT INTO "persons" VALUES(1,'client-1','person1@example.com','Person Number 1',X'3479494C495A5DA7B9F1DFB055ECDE884AD0EC13E72E1AC58B47375A7D2E7391');
INSERT INTO "persons" VALUES(3,'client-3','person3@example.com','Person Number 3',X'CD51DF3AE93CBE4163CD046541D9E6694B365517E6B8FA4C891F3199F6894EE9');
INSERT INTO "persons" VALUES(4,'client-4','person4@example.com','Person Number 4',X'A1E871AFFA4D31B52016FDEF9E1171789CE30DC302FB5F96543F97136686D8FB');
INSERT INTO "persons" VALUES(5,'client-5','person5@example.com','Person Number 5',X'81B738F6D125E27CA806F576BFE1405A2E8A4E50A75CC3FD9E12095C3830AE1F');
INSERT INTO "persons" VALUES(6,'client-6','person6@example.com','Person Number 6',X'581F93F2F94868C1B12D6F0C224F76B1CE42AA052E550C55333B78B9B4420790');
CREATE TABLE raw_reports (
	report INTEGER NOT NULL, 
	raw BLOB NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_raw_reports PRIMARY KEY (report), 
	CONSTRAINT fk_raw_reports_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "raw_reports" VALUES(5,X'5B7B7D5D',X'10969C07A226B540AF36E552169C8ACEF75A957E9E385CE5DEFE0ADB3C9F0F0E');
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
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_receipts PRIMARY KEY (id), 
	CONSTRAINT uq_receipts_policy UNIQUE (policy, account, version, kind), 
	CONSTRAINT fk_receipts_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "receipts" VALUES(1,'privacy',1,'2.0.0',2000000000000,'confirmed','','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "receipts" VALUES(2,'privacy',2,'2.0.0',2000000000000,'confirmed','','','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "recipients" VALUES(1,0,'89ef8c4a2c83452f0fb918c7452485a4',1,'ea97754c69cbbaefc63f6374685ac63b65db1a2f10c6bdf0e86d89ca6274535a','56dffabe176f5d18d480b9bb3dd2b0234be1c468ec4ac97a83805fa8e2c9d790');
INSERT INTO "recipients" VALUES(1,1,'89ef8c4a2c5b8afa9cdc550523ae2b35',2,'827e00986c84ffd7219b1d16dd1e217b225fdf0604819acca737b1bd672a84aa','697c557aae14fa4cd67c7c8f443803b518211985d815908ee2c70af1b896ad26');
INSERT INTO "recipients" VALUES(1,2,'89ef8c4a2cd1a6480f720aa24ba6ce29',3,'b4d60447021d4d27c064c24dea74939185ee274c326e0d533cc2465826c7521f','c6ce7debc5cd0fd9c83e0de9da8074b0263b9a765408f824ffed9a6ecd65d0b5');
INSERT INTO "recipients" VALUES(1,3,'89ef8c4a2ce5f8950a14a5a78218fb67',4,'b21e99bec9243404604d7507f9c297b66c70aca8fc0328c0590e2e577591d6ba','49c44b86759de916124b5fc3ae4b73dce4ed701248e5138c0278b8a16965d657');
INSERT INTO "recipients" VALUES(2,0,'89ef8c4a2ca62a002d808f8585a5b4f0',5,'490355b39b7a2fa7bc5e6ce1e9cc3558404631ee6dba84a22b040841cfdb1097','6a176d4763b6616e3a672ebd020a1ddc82fbc77f856646fe18b5ef196194a8a4');
INSERT INTO "recipients" VALUES(3,0,'00daef3019808c1481470c79578f2f94',3,'cabbfdc543c192b3561607a7cbe07d2d00246dd891d9b22d014a11cde386b364','e6270af85361cf1073bef8d260ff5ccaae6b998c44226abc3d68a287b11c26e4');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	raw_digest TEXT, 
	outcomes_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'outbox',NULL,'f4fd6dc5a201c3f32c9437636fa78bfbbfb975b2a78ae78cd3e71d84e267d042','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(2,'outbox',NULL,'f0448c00bd13cf2ef4d6169171a7eba68d48a47023ba353cd7a51790848d481d','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(3,'outbox',NULL,'2f7d440ffdb2e69e6bcb35cae328951c5b1c5cff3f553905da5dd4b96a40baff','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(4,'outbox',NULL,'6f24cf9ce6aa04b22a232f63f675b84cf9dae6586c5f3307fe2f4c92cd699be2','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(5,'sendgrid','28192e245ed8cf3e0eab68d9b63588796482edeb939258b11a8348957c1189f9','27dd35fb3b9e24c168498ad430a6b9c13c9185be2d09552bc3496924e194e36f','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "reports" VALUES(6,'claim',NULL,'30d74eb1124cdcec11a1122a4e3200225bbef42585db9f64cc350f4c161155b4','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE seals (
	place INTEGER NOT NULL, 
	entries INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY (place)
);
INSERT INTO "seals" VALUES(1,16,'2f1083cd4e9725e73a6d9238a6b4e00c0e435646f64498dbcb84a845916d98ac','42ea416860619e0c356e71adc1fede03cdaf83f23b90989e41330701a47cf638','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "seals" VALUES(2,9,'3bcf94e292410c365b780042cdfc1646d63b10213ec4263d81276a8dec0e187b','523d078642b7d78194da09b64e94b43b4c4efff18ee07d8bc5d9e70e142d04b3','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
COMMIT;
