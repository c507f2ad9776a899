# Every target brings what it needs: Debian packages (asks first), the project's own Node 24, the downloader, the site,
# the programs.
# Node comes from npm (node_modules/.bin/node), so the machine's own may be older.
.DEFAULT_GOAL := help
.PHONY: help up down logs local sign-in doctor backup restore rebuild move-database cert-staging check test test-compose bench torture audit sbom pin format modules packages downloader site programs
MAKEFLAGS += --no-print-directory

export PATH := $(CURDIR)/node_modules/.bin:$(CURDIR)/.tools/bin:$(PATH):/usr/local/sbin:/usr/sbin:/sbin
# Certificates that the machine trusts count for npm too, whichever Node runs it.
export NODE_USE_SYSTEM_CA := 1

MODULES := node_modules/.complete
SITE := web/dist/index.html
PROGRAMS := dist/.complete
PROGRAM_SOURCES := $(shell find $(filter-out web/src,$(wildcard */src)) packages/contracts/src packages/kit/src packages/texts/src -type f) \
  $(wildcard */package.json packages/*/package.json)
SITE_SOURCES := $(shell find web packages/contracts/src packages/texts/src -name node_modules -prune -o -path web/dist -prune -o -path web/test -prune -o -type f -print)

help: ## Show this list
	@echo 'Linkcast: send a link to your Telegram bot, and it is playing on your own site seconds later.'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

up: ## Build the images, start the stack in Docker, wait until it is healthy, print its address
	@exec ops/up.sh

down: ## Stop the stack in Docker; the library stays
	@exec docker compose down

logs: ## Follow the logs of the stack in Docker
	@exec docker compose logs --follow --tail 100

local: ## Run the same stack without Docker in the foreground; Ctrl-C stops it
	@ops/install-packages.sh local
	@$(MAKE) --silent modules downloader site programs
	@exec ops/local.sh

sign-in: ## Print a link that signs the owner in, on the stack that runs
	@exec ops/sign-in.sh

doctor: modules ## Look for what is missing or wrong on this machine, and say what to do
	@exec node ops/src/doctor/main.ts

backup: ## Back up databases, settings and secrets while everything runs (TO=DIRECTORY, INCLUDE_MEDIA=1)
	@exec ops/backup.sh

restore: ## Restore a backup (FROM=DIRECTORY); what was there before is kept aside
	@exec ops/restore.sh

rebuild: ## Make the list of the stopped library agree with the media folders
	@exec ops/rebuild.sh

move-database: ## Copy the database of the stopped stack (ARGS="--to postgres" or "--to sqlite"), and compare
	@exec ops/move-database.sh $(ARGS)

cert-staging: ## Rehearse obtaining the certificate, on the stack that runs; nothing is changed
	@exec ops/in-part.sh certbot rehearse

check: modules ## Types, lint, format, import rules, unused code, generated pages, words, translations
	tsc -p .
	tsc -p web
	eslint --max-warnings 0 .
	prettier --check --log-level warn .
	depcruise --config .dependency-cruiser.cjs --output-type err packages yt-app egress bot web nginx icecast ddns certbot ops e2e bench
	knip --no-config-hints
	node ops/src/configuration/main.ts --check
	node e2e/torture/proof/main.ts --check
	node ops/src/house/main.ts

test: packages modules downloader site programs ## Run all tests (ARGS="--project parts bot" runs some)
	vitest run $(ARGS)

test-compose: modules ## Test the stack that `make up` builds, on a real Docker engine
	E2E_COMPOSE=1 vitest run e2e/test/compose ops/test/compose-rendered $(ARGS)

bench: packages modules downloader site programs ## Measure speed and memory, beside yt-dlp and ffmpeg by hand (ARGS="--quick --runs 3")
	@exec node bench/src/main.ts $(ARGS)

torture: packages modules downloader site programs ## Inject random faults into a test installation, and check that nothing is lost (SEED=1 MINUTES=10 DATABASE=postgres SCENE=full-disk)
	@exec node e2e/torture/main.ts $(ARGS)

.PHONY: torture-calls torture-proof
torture-calls: packages modules downloader site programs ## Make the n-th file, database or network call fail, n = 1, 2, 3 … (SAMPLE=20 SEED=1 FROM=1 DATABASE=postgres)
	@exec node e2e/torture/calls/main.ts $(ARGS)

torture-proof: packages modules downloader site programs ## Three seeds of ten minutes on both databases, for docs/reliability.md (SEEDS="1 2 3" MINUTES=10 SCENE=full-disk)
	@exec node e2e/torture/proof/main.ts

audit: ## Ask for known vulnerabilities of the packages, and say what could not be checked
	@exec ops/audit.sh

sbom: ## Write the bill of materials of all parts (CycloneDX) to linkcast.cdx.json
	@exec ops/sbom.sh linkcast.cdx.json

pin: modules ## Write the current digests of the base images into the Dockerfiles and docker-compose.yml
	@exec node ops/src/pin-images/main.ts

format: modules ## Format the sources and write the generated pages
	prettier --write --log-level warn .
	node ops/src/configuration/main.ts
	node e2e/torture/proof/main.ts --page

# What the targets above stand on.
packages:
	@ops/install-packages.sh test

modules: $(MODULES)

downloader: $(MODULES)
	@yt-app/install-downloader.sh .tools

site: $(SITE)

programs: $(PROGRAMS)

$(MODULES): package-lock.json
	@ops/install-modules.sh

$(SITE): $(MODULES) $(SITE_SOURCES)
	@cd web && vite build --logLevel warn

$(PROGRAMS): $(MODULES) $(PROGRAM_SOURCES)
	@rm -rf dist
	@node ops/src/build/main.ts
	@touch $@
