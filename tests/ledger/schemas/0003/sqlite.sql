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
INSERT INTO "alembic_version" VALUES('0003');
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
INSERT INTO "attempts" VALUES(1,1,'outbox','here','2026-11-23 09:00:00.000000','7517bf398111d86e8778809bbb367f54392cb31ebf3bebe92d3083488b005639','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(2,1,'outbox','here','2026-11-23 09:00:00.000000','167d7f31db5cde5b178006981116f5e95b829fb58f87160aea5a662b5a961b88','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(3,3,'outbox','here','2026-11-23 09:00:00.000000','04f5dadabe33d64f9dbcb4d464a269445fb6be3b38ec802a8a78d9cc4966e8be','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "decisions" VALUES(1,1,'announced',NULL,'3e6fff79535e1f69b262ad8cac5490f4d5b86635337cc9c88a29d36169fac7b0','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(2,1,'superseded',2,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(3,2,'announced',NULL,'c6f4c3cae03ac3e6ac8c3f5d93d9cbcd08d25c6065462d60a3b96c40fe8e4507','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(4,2,'superseded',1,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(5,1,'announced',NULL,'3e6fff79535e1f69b262ad8cac5490f4d5b86635337cc9c88a29d36169fac7b0','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(6,3,'announced',NULL,'3baea9d092dad182db3d63b606e1ba43869b54a0cfb4b2bf7961f3b10d3f257b','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "deliveries" VALUES(1,1,'69acd7e536ab6486837c7bfe62639280',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,2,'69acd7e536473bb960693b00125064c4',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,3,'69acd7e53610927da2117366687f9b83',0,0,'refused',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,4,'69acd7e536581f3063efb90cddd6e570',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,5,'69acd7e536dd257474cc5655a633052c',0,0,'unknown',NULL,NULL,2);
INSERT INTO "deliveries" VALUES(1,6,'69acd7e536f2872cf935de4b7184a266',0,0,'pending',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(2,1,'4404e1de3bf24c3529a7d62704a71fb9',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,3,'52bdb1747084bdb45ee1255a5ffae14f',0,0,'delivered',NULL,NULL,3);
INSERT INTO "deliveries" VALUES(3,4,'52bdb17470d02b0c01b41d5d0fce1f14',0,0,'skipped',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,5,'52bdb17470af2adce3f455436861b43e',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,6,'52bdb17470070454f8e48c6f42dae150',0,0,'cancelled',NULL,NULL,NULL);
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
INSERT INTO "imported" VALUES(1,0,1,'bf00a91f50e5864b51c39329b6639850712097dcd6917627fa528c3beae85718');
INSERT INTO "imported" VALUES(1,1,2,'21110747a93987a354936adf79963ea0a541efc1cd159857aa6fe09c0d4392cf');
INSERT INTO "imported" VALUES(1,2,3,'995278cecf0c63a8efbd724b86b6451482e6cb65de7c4b08b94bd11aecb386b1');
INSERT INTO "imported" VALUES(1,3,4,'4f35c9e63e462990f09b29a9e9c98bf8b24917bc8dbd06207a7e36494522a754');
INSERT INTO "imported" VALUES(1,4,5,'794022b9907214d6a7f1749bd57edd5fa0b26d5c57b115332ece34aa7c9c6311');
INSERT INTO "imported" VALUES(1,5,6,'af6009f12409d4cc8d0ae7a5e753a6191771d45cc479862f97a87df5488a6c19');
INSERT INTO "imported" VALUES(2,0,4,'0c2314077b91fb17fd98a2880935f6a5e650c892853941454c0771337ccd0f72');
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	accounts_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
INSERT INTO "imports" VALUES(1,'b30f00f09a81a6413576b747c4ecda1e0ae49ff9a9323905a1f76f2ead5e7031','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "imports" VALUES(2,'aa7cc3f7027fa22c9b5e4d521c67f67bbde637078e0d78d7e19a51fc2f81e95d','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
CREATE TABLE instances (
	id INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_instances PRIMARY KEY (id)
);
INSERT INTO "instances" VALUES(1,'file 2597064','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "leaves" VALUES(1,0,'origin',1,'4c1fad18df724ab5a7931c417e05a4aec4c51d413fff5e1dbfb0c3cd2496fe10');
INSERT INTO "leaves" VALUES(1,1,'instances',1,'ac00c5392273e9bad3ab985b6fbff485bfa2ce980272a5c37870e57b607756d1');
INSERT INTO "leaves" VALUES(2,0,'imports',1,'632726f124f63b94a0b6e6996202dd55999153c5059cf7b7fd35555b5ba712bb');
INSERT INTO "leaves" VALUES(2,1,'notices',1,'31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO "leaves" VALUES(2,2,'notices',2,'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO "leaves" VALUES(2,3,'decisions',1,'d5abc249d56646993990be2696321f2ae3d9ab1a770f953d661c9a0485d1f25f');
INSERT INTO "leaves" VALUES(2,4,'decisions',2,'7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO "leaves" VALUES(2,5,'decisions',3,'4abe0dcb2a4ef9a3985d0f36d389a84397de61238595b11ae2eb5a9deda0b6ce');
INSERT INTO "leaves" VALUES(2,6,'decisions',4,'71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO "leaves" VALUES(2,7,'decisions',5,'92faf1730caeb11e3cf2724b4985709d6a38ee16dde2ffaee5359832d8d3dce7');
INSERT INTO "leaves" VALUES(2,8,'attempts',1,'7183ed12c2bded37eb0a60eb929f4598bc73019dd58ed2a8824456a0088b2bcc');
INSERT INTO "leaves" VALUES(2,9,'attempts',2,'0e04a4bbde8726debe7a9dac05b979fc0a45f7f56b3cc7564b3ca72e1c44a448');
INSERT INTO "leaves" VALUES(2,10,'reports',1,'0d2fe236feeb22e8f0901161a102b503786a7d7af08f69db652b334edffe544d');
INSERT INTO "leaves" VALUES(2,11,'reports',2,'d40c6f9449199027151aa318b15c5b6308a8d02de3332a04e2f8fe9416ec4aa7');
INSERT INTO "leaves" VALUES(2,12,'reports',3,'f2fc3ffc786ec21625de2698e96978d5383acad61c17ac50148f1ab0590864f6');
INSERT INTO "leaves" VALUES(2,13,'receipts',1,'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO "leaves" VALUES(2,14,'receipts',2,'696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO "leaves" VALUES(3,0,'imports',2,'935fbee1c5626ea334c702a9ad86dd6fb0a65d76a1621151151f914fec98057c');
INSERT INTO "leaves" VALUES(3,1,'erasures',1,'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO "leaves" VALUES(3,2,'notices',3,'329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO "leaves" VALUES(3,3,'decisions',6,'f2712ba2797facb22420ff55409f8a241d241fccd86414f0306621f1ad642ad8');
INSERT INTO "leaves" VALUES(3,4,'decisions',7,'267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO "leaves" VALUES(3,5,'attempts',3,'d359165f73eb3014a38595489cc2bbdf80b2d1c8aca62f6939814939bbb5ab4a');
INSERT INTO "leaves" VALUES(3,6,'reports',4,'8b9b683d78f3e07f2455b353a0c040b372ebf4d055fa883534704a29ff6a3253');
INSERT INTO "leaves" VALUES(3,7,'reports',5,'3a6f892d400ac2434cddfd4cdfdaf68993479d273f00a3329b73f942221fd248');
INSERT INTO "leaves" VALUES(3,8,'reports',6,'fe3ae0f8e24aa15f0d574ce938c83ed760c5597ab28b060a6930a6a14963ed58');
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
INSERT INTO "origin" VALUES(1,'77e8ca7ce8dc10891caf4598d75b851e',0,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "outcomes" VALUES(1,0,'69acd7e536ab6486837c7bfe62639280',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,1,'69acd7e536473bb960693b00125064c4',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,2,'69acd7e53610927da2117366687f9b83',1,'refused','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,3,'69acd7e536581f3063efb90cddd6e570',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,0,'69acd7e536ab6486837c7bfe62639280',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,1,'69acd7e536473bb960693b00125064c4',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,2,'69acd7e53610927da2117366687f9b83',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,3,'69acd7e536581f3063efb90cddd6e570',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(3,0,'69acd7e536dd257474cc5655a633052c',2,'unknown','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(4,0,'52bdb1747084bdb45ee1255a5ffae14f',3,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(5,0,'52bdb1747084bdb45ee1255a5ffae14f',3,'delivered','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(6,0,'52bdb17470d02b0c01b41d5d0fce1f14',NULL,'skipped','restricted','','2026-11-23 09:00:00.000000');
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
INSERT INTO "personalizations" VALUES('52bdb1747084bdb45ee1255a5ffae14f',3,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'B7FFC48FB555ED7CD50354B86E26FA25A112FD70ECFC32880BC7BD97C5E175CE');
INSERT INTO "personalizations" VALUES('69acd7e53610927da2117366687f9b83',1,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'C5C4E6B03229CD53E73BDC7B04CFC29864055AC8721CC085BE07FE15D321C0AA');
INSERT INTO "personalizations" VALUES('69acd7e536581f3063efb90cddd6e570',1,'{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}',X'498FD81C5EA9A7E0C516454A20CF9AB0208AD63BEE57A457ECA7947934C0F49C');
INSERT INTO "personalizations" VALUES('69acd7e536ab6486837c7bfe62639280',1,'{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}',X'8A84A779FA11613337EC7CEF1CB13CEE96181285282E533FEB42E268E4479AAA');
INSERT INTO "personalizations" VALUES('69acd7e536dd257474cc5655a633052c',2,'{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}',X'3FA85FC711CB61A134BB927D9DF476A99AA1B58DF78DC8D18176CA0D91ADBBFD');
CREATE TABLE "persons" (
	account INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	email TEXT NOT NULL, 
	name TEXT NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_persons PRIMARY KEY (account), 
	CONSTRAINT uq_persons_id UNIQUE (id), 
	CONSTRAINT fk_persons_account FOREIGN KEY(account) REFERENCES accounts ("key")
);
INSERT INTO "persons" VALUES(1,'client-1','person1@example.com','Person Number 1',X'F37D5DC166A3E46A074DCAC2099C1087C1DF49410003AE7EF5A458BD898E3EE6');
INSERT INTO "persons" VALUES(3,'client-3','person3@example.com','Person Number 3',X'518D06FE8B747720E3754B89DF72CE42BB3F9757C51C228E2C893E3669838C95');
INSERT INTO "persons" VALUES(4,'client-4','person4@example.com','Person Number 4',X'5CFE5366DC684349AD87C6C81D261CA2199C67EA18BF739624C63E36AB6407C4');
INSERT INTO "persons" VALUES(5,'client-5','person5@example.com','Person Number 5',X'DF97B87E942C09D553FD48B2A40CD7599EAF23E714A176F357B3C1CF91B5211E');
INSERT INTO "persons" VALUES(6,'client-6','person6@example.com','Person Number 6',X'884A7480C614D80725524992C8F90DB4B5D981C213EFEFDEDA6F118FEA2872F2');
CREATE TABLE raw_reports (
	report INTEGER NOT NULL, 
	raw BLOB NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_raw_reports PRIMARY KEY (report), 
	CONSTRAINT fk_raw_reports_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "raw_reports" VALUES(5,X'5B7B7D5D',X'60FE3137B8801D20A06F8F280E9BC2AD4C94734548F16F7AC4DA2EDD8F9C9C59');
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
INSERT INTO "recipients" VALUES(1,0,'69acd7e536ab6486837c7bfe62639280',1,'0de5d15ee4abe5514d01f566b9b0da19349fcc22d884d2ba55e8980e1e6fd1cc','c1d22f3cff472edec27509de796051ceba084477aab6c4b6e7294a5ea1b26727');
INSERT INTO "recipients" VALUES(1,1,'69acd7e536473bb960693b00125064c4',2,'058df3765eda9da72f8fb2ba336df3f0ad75bbec7983dc58b4f17f475c5bf322','ba842e2b3ae6f1a4bdbda547b05ee1eee807847330819ee901cce06db78e6e71');
INSERT INTO "recipients" VALUES(1,2,'69acd7e53610927da2117366687f9b83',3,'c066a3a858615aacc7f7118b412042bdbfd66c99a1897f5fa873adf9a340a906','d105a7e76ce2491c5db036af838790856615616ee7df780b770c72d8b514dcf9');
INSERT INTO "recipients" VALUES(1,3,'69acd7e536581f3063efb90cddd6e570',4,'aa5b59e47223a509036e91c323cb411e987161c5c28d411a32025c0df0b62db5','617aad3244e82e353808400867a5e89aa9e7dada387b71e010e572977306a3ae');
INSERT INTO "recipients" VALUES(2,0,'69acd7e536dd257474cc5655a633052c',5,'e5def1735ba3a2a4c8bbce0fba35f067cde981089705a8f92a8c936c36997db1','5a52aa4de5a82916cbcd1463d72a2b584e1475eabae5735d3d79e8a63605b05a');
INSERT INTO "recipients" VALUES(3,0,'52bdb1747084bdb45ee1255a5ffae14f',3,'63d9f360bf8619412ce24932acbf1320c3545386b5b2948898ed94af2156712b','db8fd50063d6eb6bb876357820488fbe36075a3f5fc9250f9ad60ff8ab1b57fc');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	raw_digest TEXT, 
	outcomes_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, decision INTEGER, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'outbox',NULL,'05a27f33e4f1c6061b73d1d5adb5ecacca350aecb8b98e1348d3e1e21075927f','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(2,'outbox',NULL,'1e8341887d9877842275a453bb47ec910d5830ceaf1ec679026ab8bfbf9dc65b','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(3,'outbox',NULL,'65dd427f191224c562473fd10db8b81c6faa451f71819afa2faa20ae0631f533','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(4,'outbox',NULL,'7b18cfedfe5da9a6311c067e4ea6266034224a3e279b17ecf1f57fd27ec17303','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(5,'sendgrid','9f53ed593a710af64a05d62d503c28d7702ee445552669d8bf3d739e09f26088','fa418812e4258e776cd1764f9cef8fa20e604ccc41e07c9e86290e4cc53eb933','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(6,'claim',NULL,'979bcab01833ff75dc0adbcb0b5dfbe7ea3d1c57a0f990c271665d73fcce3108','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',6);
CREATE TABLE seals (
	place INTEGER NOT NULL, 
	entries INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY (place)
);
INSERT INTO "seals" VALUES(1,2,'9bde57392159cb1143da7bbc3584312626e5f6f66ebea95d53e9205786aa320f','45cdba882e92dd4bd90f0db1f717775097d5b875c5d42e3236dcd4cdd7994990','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "seals" VALUES(2,15,'326cb968a41e4175752abe0a1f37464171dbb22d1c0eef4d1f69ae29a4679186','b8b5de52321ba273fc0652df7f795b0e280c0955ac0f0f21ccb060d12e122672','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "seals" VALUES(3,9,'6a9f31a76627d8d32c5b6d1e520c4444748c9af679f959e3e02c1fbcc561e2dd','1b30e8adfe558f40ddf14d3b8df7d827949294ceb41ba04b2d45b5371ca706e3','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
COMMIT;
