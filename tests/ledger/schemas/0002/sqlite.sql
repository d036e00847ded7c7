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
INSERT INTO "attempts" VALUES(1,1,'outbox','here','2026-11-23 09:00:00.000000','d895a9e8dae93953659d99701e54d3742c003f8f529ef92b75ad19a42a62149e','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(2,1,'outbox','here','2026-11-23 09:00:00.000000','33416dd2a247a9980c2602cabe29418ea430e3885abce240b4f58f42b907c7a8','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "attempts" VALUES(3,3,'outbox','here','2026-11-23 09:00:00.000000','237334efa18b01aa7f8de0d64e5cc7929bdf292fb79b2da8e23951ce9468e58c','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "decisions" VALUES(1,1,'announced',NULL,'485d650ab8e27d04a874cc528b99d06c71bdd29a9665fc3f854f93979424cc62','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(2,1,'superseded',2,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(3,2,'announced',NULL,'2e9f58feea6caa4c5e78d6e5dc063309ee52a3d0064d5b927d541db222ce9336','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(4,2,'superseded',1,NULL,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(5,1,'announced',NULL,'485d650ab8e27d04a874cc528b99d06c71bdd29a9665fc3f854f93979424cc62','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "decisions" VALUES(6,3,'announced',NULL,'818ad3fad42a26b34674dd968f9e3c83df2e227e5de81eb4a0fcf82e596c0ee7','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "deliveries" VALUES(1,1,'d238ec0d874beee0131e6d67316e0768',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,2,'d238ec0d875ed494d6de53e77bf43fff',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,3,'d238ec0d87b2a91bba7829e60f35efe7',0,0,'refused',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,4,'d238ec0d87cf253eae4b86d39be606ad',0,0,'bounced',NULL,NULL,1);
INSERT INTO "deliveries" VALUES(1,5,'d238ec0d871a2cad1b53bd7aa3911041',0,0,'unknown',NULL,NULL,2);
INSERT INTO "deliveries" VALUES(1,6,'d238ec0d8701ff7fa01862ba04b7f527',0,0,'pending',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(2,1,'6a75223547974e975d9c99082772a518',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,3,'e3fa729de9bc32bcd750b9bf8b7d590e',0,0,'delivered',NULL,NULL,3);
INSERT INTO "deliveries" VALUES(3,4,'e3fa729de99ee79611186850129b49e3',0,0,'skipped',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,5,'e3fa729de914d851d27c3f91ae56e09b',0,0,'cancelled',NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(3,6,'e3fa729de9979b986c3f22ba0ef3c4de',0,0,'cancelled',NULL,NULL,NULL);
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
INSERT INTO "imported" VALUES(1,0,1,'1315b6257c6b84fa971896d7e1fab48efaf365573efef525533423cf87d41283');
INSERT INTO "imported" VALUES(1,1,2,'17889114a38b765c7b76700e4114836698a1b8b4625541625ede88f0cef8be7b');
INSERT INTO "imported" VALUES(1,2,3,'9fd333dc114c53ea7716096e573d8f49c6af03ecf2cd34bc1f00c8ccde61e525');
INSERT INTO "imported" VALUES(1,3,4,'ce861073e68960efdc7baff9b2861e9f0d85ef618d2357c581a0d2ee1b0928e8');
INSERT INTO "imported" VALUES(1,4,5,'6ff2ba7699db496384438840a181ce181faeb7e7f5e171febdb92519dbca0acb');
INSERT INTO "imported" VALUES(1,5,6,'b80cd6fa23cc4357f4aab883f78a67556a26a2d8f2b3c7c9c689d4bacffcd891');
INSERT INTO "imported" VALUES(2,0,4,'53a0a8ecf225cece8d8e0fefc690c7d0c11917599618dc11cc704b5e39ea24b8');
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	accounts_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id)
);
INSERT INTO "imports" VALUES(1,'79af95ae4c5135d04752c85eb84bc4ec45cc893c617d93241c61cbc4e05bea11','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "imports" VALUES(2,'ff2f9596b5b5bde426ce2274f2038b33a3a0f76658a93f907c9d81921679261a','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "leaves" VALUES(1,0,'origin',1,'07e571b4923b0be888ad6615056b92ac360c552385fe051b5249262849c3ca9b');
INSERT INTO "leaves" VALUES(1,1,'imports',1,'67430b70100bf7205e7950abe0a8741f3874981e4e387d1301743d4a5386df1d');
INSERT INTO "leaves" VALUES(1,2,'notices',1,'31e4150ef033bf996b3463399077c7418565b85ae34b8e4822fb2a6f1d4df33e');
INSERT INTO "leaves" VALUES(1,3,'notices',2,'a517becca43aee8e0a674f0e39c7790ca9a36db3ad0a7e361bd4e9eff73ce9b7');
INSERT INTO "leaves" VALUES(1,4,'decisions',1,'853d6c62b027981b45a85e5722aa9b0f5ea28a8f3e8770ce582294afa123f037');
INSERT INTO "leaves" VALUES(1,5,'decisions',2,'7db1c5185053c68c9ab7ca2266dc7784488b71f039587cd4411eeac48182c82f');
INSERT INTO "leaves" VALUES(1,6,'decisions',3,'6702b36c9dcf8e02081a98b50d58fb7cc0a0a860323aca27fac53ae9611b3227');
INSERT INTO "leaves" VALUES(1,7,'decisions',4,'71f33756a5f80f848ff32f96a03b7e485565d4b157d14f767e5e64ec4785bc96');
INSERT INTO "leaves" VALUES(1,8,'decisions',5,'c1158b6a3478d0c638dc246cee4ba64568aed6818a5902c97556601fcf4e6297');
INSERT INTO "leaves" VALUES(1,9,'attempts',1,'958a59451b2f0b6580cf0b7cf068d85e874c42d9caba8fe8950944c122f23bf0');
INSERT INTO "leaves" VALUES(1,10,'attempts',2,'ed6246e596a00ec8948cd82012ad96f33d7216c3dc6d717743fdad917cdbf47d');
INSERT INTO "leaves" VALUES(1,11,'reports',1,'dda0046833712f4ea87fbdc025d7c3200da89270bac53900b7ba8383b1d7f21e');
INSERT INTO "leaves" VALUES(1,12,'reports',2,'9fd0178e0fbfa921e924916e75633f2c9926669731f3a870a6ff759aa5d8d733');
INSERT INTO "leaves" VALUES(1,13,'reports',3,'504fe43e83b67dc52ac53497830d8722d395cbd259a4377e08a1ea41eb38b125');
INSERT INTO "leaves" VALUES(1,14,'receipts',1,'b785bbcc162c1166153852b1018c149ed23260cb5671f790da6df3f2d9c7d956');
INSERT INTO "leaves" VALUES(1,15,'receipts',2,'696d5f1e435a8ca16ca38e847d2fca3252099d89b79f63f1a9f578b49f3c9d49');
INSERT INTO "leaves" VALUES(2,0,'imports',2,'803d130868480047a590d6f35068b993064156b7fecf1126d48c2eaaf0fd0211');
INSERT INTO "leaves" VALUES(2,1,'erasures',1,'e59417aeb119e8ea76c6603b7b479dc366ea084d8bca534407b83cf58d146628');
INSERT INTO "leaves" VALUES(2,2,'notices',3,'329294de9f189a91ff6778ab9ceb0e0f3bbc68e017ec5975f40762328629510d');
INSERT INTO "leaves" VALUES(2,3,'decisions',6,'80acf6076c4c2bc81407b48e11af50ae1c3caa80ee1ad11924f9b19218dc73b6');
INSERT INTO "leaves" VALUES(2,4,'decisions',7,'267980049ab7e687fd5d183885ef78079051c126976133c2b1fb5df1121242fc');
INSERT INTO "leaves" VALUES(2,5,'attempts',3,'ef6c48bcb2437c87ad212937ab62b8574183de98804516404d6b2102d168b8f2');
INSERT INTO "leaves" VALUES(2,6,'reports',4,'4dd6d8335e2f2b04b72ba9b625c98804d6647dce2730b4469051c030e2b7fdca');
INSERT INTO "leaves" VALUES(2,7,'reports',5,'ec413d1ab3348803ba2f21c5b2c9c20e2ed28a0ed3dbf54544c2eaa401846572');
INSERT INTO "leaves" VALUES(2,8,'reports',6,'f8a88d709dccfdfd90ac17f0f7dd4e2c980aeb3864a9ad45192f9e4147cc64f5');
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
INSERT INTO "origin" VALUES(1,'216d88121fc944c1622cf492264af2dc',0,'2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
INSERT INTO "outcomes" VALUES(1,0,'d238ec0d874beee0131e6d67316e0768',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,1,'d238ec0d875ed494d6de53e77bf43fff',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,2,'d238ec0d87b2a91bba7829e60f35efe7',1,'refused','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(1,3,'d238ec0d87cf253eae4b86d39be606ad',1,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,0,'d238ec0d874beee0131e6d67316e0768',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,1,'d238ec0d875ed494d6de53e77bf43fff',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,2,'d238ec0d87b2a91bba7829e60f35efe7',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(2,3,'d238ec0d87cf253eae4b86d39be606ad',1,'bounced','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(3,0,'d238ec0d871a2cad1b53bd7aa3911041',2,'unknown','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(4,0,'e3fa729de9bc32bcd750b9bf8b7d590e',3,'accepted','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(5,0,'e3fa729de9bc32bcd750b9bf8b7d590e',3,'delivered','','','2026-11-23 09:00:00.000000');
INSERT INTO "outcomes" VALUES(6,0,'e3fa729de99ee79611186850129b49e3',NULL,'skipped','restricted','','2026-11-23 09:00:00.000000');
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
INSERT INTO "personalizations" VALUES('d238ec0d871a2cad1b53bd7aa3911041',2,'{"address": "person5@example.com", "account": "client-5", "name": "Person Number 5", "email": "person5@example.com"}',X'7A8B7D145855FCCE9A5D6F965DBC4DFCD17CD93E05CEA3DEDC36B86BF135AE0F');
INSERT INTO "personalizations" VALUES('d238ec0d874beee0131e6d67316e0768',1,'{"address": "person1@example.com", "account": "client-1", "name": "Person Number 1", "email": "person1@example.com"}',X'781D542BB94F5F49FBE18DAD8ADDDCA26A002702F48353FC38A11CC836DC12BC');
INSERT INTO "personalizations" VALUES('d238ec0d87b2a91bba7829e60f35efe7',1,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'7CFD88A183E7101FAD15D100F1A8333B9A0210CA3E840797727DA91DCE5656CF');
INSERT INTO "personalizations" VALUES('d238ec0d87cf253eae4b86d39be606ad',1,'{"address": "person4@example.com", "account": "client-4", "name": "Person Number 4", "email": "person4@example.com"}',X'DD7648287DCF2D1E48C98241733EE30AC2A79DFD2A9D2769432F17A2ECFE6423');
INSERT INTO "personalizations" VALUES('e3fa729de9bc32bcd750b9bf8b7d590e',3,'{"address": "person3@example.com", "account": "client-3", "name": "Person Number 3", "email": "person3@example.com"}',X'923FF507EBF49E777A8DE1060243AA1B8EF7AF0750FCB43565A57077520040DF');
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
INSERT INTO "persons" VALUES(1,'client-1','person1@example.com','Person Number 1',X'2DD79B1167A6E13FA3B2272F8CE9D117F2A68E5212E3E18B9767E07421B5C778');
INSERT INTO "persons" VALUES(3,'client-3','person3@example.com','Person Number 3',X'0589D5B484C43D7B087373C3BF26D9FE4575D21D292EC90AED6BEE29553C0105');
INSERT INTO "persons" VALUES(4,'client-4','person4@example.com','Person Number 4',X'9E102B30561B0C58F2C5F48A40CFDF2BFFF5269DC24C85E7D33BE7B4513ABD78');
INSERT INTO "persons" VALUES(5,'client-5','person5@example.com','Person Number 5',X'79A1C33845B340169DB072ECA225AF453F0B44BF433D17DF8E308B105B184FC6');
INSERT INTO "persons" VALUES(6,'client-6','person6@example.com','Person Number 6',X'2DC4BCA477EA64C65CFF2B5E48C8663E83FC06884886CFCB26D183EFAC0C8D88');
CREATE TABLE raw_reports (
	report INTEGER NOT NULL, 
	raw BLOB NOT NULL, 
	salt BLOB NOT NULL, 
	CONSTRAINT pk_raw_reports PRIMARY KEY (report), 
	CONSTRAINT fk_raw_reports_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "raw_reports" VALUES(5,X'5B7B7D5D',X'61B4E7AF303F04E296EACD597B4D7CDA75E2581F9F9BCECA14E0649BE5422935');
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
INSERT INTO "recipients" VALUES(1,0,'d238ec0d874beee0131e6d67316e0768',1,'8e32dce06e90600160cf28b364b6866dd2900d0201c375e6f2df10e9fdc9bc7f','2ec34f2fca76a1b9d2027ba10bbe4ebab44dd1f59d890ec2597fd991c012062f');
INSERT INTO "recipients" VALUES(1,1,'d238ec0d875ed494d6de53e77bf43fff',2,'939f42304422afd2ca12d7858d343e02c1edce181588f246bfd119b2d38d8a18','0122b0b8a2523bfab414f0767bfdbbe4dc0cc402e805e43076fcae0e5b46fdbd');
INSERT INTO "recipients" VALUES(1,2,'d238ec0d87b2a91bba7829e60f35efe7',3,'cd8537edcd3cdebb00ffba4ede62f27ae28e9a102e33ed983de79fd064b04ad3','f2264145a689e42124454e7b9853bf62dc8c4bcaa4437c77fd7771cdfff507e0');
INSERT INTO "recipients" VALUES(1,3,'d238ec0d87cf253eae4b86d39be606ad',4,'dc3e0145fc80e5224d25666d5ea9ae49e99b974738f99ef42d1b0b812b45f503','fb7f1fc7dd5e71966c1a6f56488723e83b3e6295b58ec6adf89ebf7cf5ef2c5a');
INSERT INTO "recipients" VALUES(2,0,'d238ec0d871a2cad1b53bd7aa3911041',5,'f74b08d84a11e7547553a809eb15e5db70c60c7f5863880bd4f2f737eee5de29','b653f72e16ced54e1c5860e79d32fa118f3f101d9df22b0398a8391b4cde664f');
INSERT INTO "recipients" VALUES(3,0,'e3fa729de9bc32bcd750b9bf8b7d590e',3,'78950da2bb177954938bece07750c6b3ad75a11e5f8e00ba91be7268ab3893f1','22322c555ce1767eb05de00bfe0112fa10465e1c27b17a610713e638f2833cf2');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	raw_digest TEXT, 
	outcomes_root TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, decision INTEGER, 
	CONSTRAINT pk_reports PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES(1,'outbox',NULL,'6939a38a186a7183e7e318ecee86ee6eda02cb0f346c155aa1db173b89874383','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(2,'outbox',NULL,'60c8230db112ee71c1759ab8c62a2d782ec9404aefcf9a3574cdf17bb57f509e','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(3,'outbox',NULL,'1ee9ef083a99f75987fec544a10f32e56c6072492ef7486566da0c240e43b5fd','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(4,'outbox',NULL,'0a9e53dc4851930f977b7a151a7f53ecd604614fcc99e9604fcf440057123ef0','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(5,'sendgrid','a48ed000045e53c55bdcb5d89123cfb95e9370c8fa5946a01cee28c204a5ea83','009fd1c856412cdcfebad21a715eae3081b512fa54bb631c5f736fa888da7315','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',NULL);
INSERT INTO "reports" VALUES(6,'claim',NULL,'6a28392c3c6f355654af3d228093714c134bdc1821b894c5441e0e11889c5a59','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000',6);
CREATE TABLE seals (
	place INTEGER NOT NULL, 
	entries INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	happened_at DATETIME NOT NULL, 
	heard_at DATETIME NOT NULL, 
	CONSTRAINT pk_seals PRIMARY KEY (place)
);
INSERT INTO "seals" VALUES(1,16,'e688fa5bd45d7e71cb64e1a56d8f4c5f0b88dd9f29441706028fbb4e647f83a5','f57f3e6f0c82df8711057c606bef7b6a879b697277a03335dae949af83bfa916','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
INSERT INTO "seals" VALUES(2,9,'a2e96eaf6dab72a2b98b780706d3eba4f919f1576dabb8f2bb9751216ff99208','22e5657679008ba3940529c5f6f3ffb1a030fd3448850dd408fe3920fd2b935f','2026-11-23 09:00:00.000000','2026-11-23 09:00:00.000000');
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
