# Names for the scripts under deploy/, nothing else. Each brings what it needs: stores, packages, builds.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# For unit, integration, test-rabbitmq4, schemathesis, quality and bench: make integration ARGS=name
ARGS ?=

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## start everything, send a PDF through the API, print its text
	@deploy/demo.sh

.PHONY: test
test: ## all checks and tests, with seconds and counts
	@deploy/test.sh

.PHONY: models
models: ## fetch the models of the document engine into .models/
	@deploy/models.sh

.PHONY: up
up: ## build and run the stores, one api and two workers
	@deploy/quire.sh up

.PHONY: down
down: ## stop them; data are kept
	@deploy/quire.sh down

.PHONY: reset
reset: ## stop them and delete all data under .local/
	@deploy/quire.sh reset

.PHONY: status
status: ## what runs
	@deploy/quire.sh status

.PHONY: logs
logs: ## the logs of the api and the workers
	@deploy/quire.sh logs

.PHONY: build
build: ## one debug build of everything
	@deploy/test.sh build

.PHONY: fmt
fmt: ## format the code
	@cargo fmt --all

.PHONY: lint
lint: ## formatting, scripts, clippy
	@deploy/test.sh format scripts clippy

.PHONY: deny
deny: ## licences, bans and sources of the dependencies
	@deploy/test.sh deny

.PHONY: unit
unit: ## unit tests; ARGS=name runs some
	@deploy/test.sh unit -- $(ARGS)

.PHONY: integration
integration: ## tests against PostgreSQL, RabbitMQ, S3 and with the SDK; ARGS=name runs some
	@deploy/test.sh integration -- $(ARGS)

.PHONY: test-rabbitmq4
test-rabbitmq4: ## the same against RabbitMQ 4, in a tree of Debian's next release; needs root
	@deploy/rabbitmq4.sh $(ARGS)

.PHONY: schemathesis
schemathesis: ## hold the API against /openapi.json; ARGS="--max-examples 500" does more
	@deploy/schemathesis.sh $(ARGS)

.PHONY: quality
quality: ## how well documents are read, against documents with truth; ARGS=scan measures those rows
	@deploy/quality.sh $(ARGS)

.PHONY: bench
bench: ## what a job costs, in a release build; ARGS=lists, flood, outage or documents measures those
	@deploy/bench.sh $(ARGS)
