# What can be done here; each line's comment is its help.
GO ?= go
FUZZTIME ?= 10s
N ?= 20000
SEED ?= 1
BATCH ?= 20000
BENCH_DIR ?= /tmp/shellfree-bench
BENCH_FILES ?= 20000
BENCH_SPARSE ?= 100000
BENCH_RUNS ?= 5
BENCH_SCHEMAS ?= $(BENCH_DIR)/schemas/{{.ResourceKind}}{{.KindSuffix}}.json
KYAML_BUNDLE = $$($(GO) list -m -f '{{.Dir}}' sigs.k8s.io/kustomize/kyaml)/openapi/kubernetesapi/data/*.json.gz
BENCH_LARGEST ?= 0
BENCH_PAGE ?= docs/performance.md
BENCH_FROM ?= $(firstword $(wildcard $(SHELLFREE_CORPUS)/wild/files) testdata/demo)
SHELLFREE_CORPUS ?= $(abspath ../shared/corpus)
export SHELLFREE_CORPUS

# The fuzzer sometimes fails when its time is up, without an input that fails
# ("context deadline exceeded").
FUZZ_ENDED = { grep -q 'context deadline exceeded' fuzz.log && ! grep -q 'Failing input' fuzz.log; }

# What ./... leaves out: the programs in testdata.
TOOLS = ./testdata/bench ./testdata/trees

# The module of the tests that read reports and schemas with a browser and other
# libraries that the program itself has no use for; ./... leaves it out.
READERS = testdata/readers

.PHONY: help build demo test race fuzz proof bench lint staticcheck vuln cross hostile corpus real update verify

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

build: ## build bin/shellfree
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/shellfree ./cmd/shellfree

demo: build ## run the main job on the bundled examples
	@echo '$$ shellfree check testdata/demo'
	@bin/shellfree check --fail-on=none testdata/demo
	@echo
	@echo '$$ shellfree diff testdata/demo'
	@bin/shellfree diff testdata/demo 2>/dev/null

test: ## run the tests
	$(GO) test ./... $(TOOLS)
	$(GO) -C $(READERS) test ./...

race: ## run the tests under the race detector
	$(GO) test -race -short ./...
	$(GO) -C $(READERS) test -race -short ./...

fuzz: ## run every fuzz target for FUZZTIME (10s)
	@set -e; for file in $$(grep -rl --include='*_test.go' '^func Fuzz' .); do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z]*\)(.*/\1/p' $$file); do \
			echo "$$(dirname $$file) $$target"; \
			$(GO) test ./$$(dirname $$file) -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x > fuzz.log || \
				$(FUZZ_ENDED) || { cat fuzz.log; exit 1; }; tail -2 fuzz.log; \
		done; done; rm fuzz.log

proof: ## compare N (20000) scripts and N manifests from SEED (1) on with real shells, in batches
	@set -e; seed=$(SEED); last=$$(($(SEED) + $(N))); failed=0; \
	while [ $$seed -lt $$last ]; do \
		n=$$((last - seed)); if [ $$n -gt $(BATCH) ]; then n=$(BATCH); fi; \
		echo "seeds $$seed to $$((seed + n - 1)) (to go on from here: make proof N=$$((last - seed)) SEED=$$seed)"; \
		SHELLFREE_SCRIPTS=$$n SHELLFREE_STYLES=$$n SHELLFREE_SEED=$$seed REQUIRE_SHELLS=1 REQUIRE_PROGRAMS=1 \
			$(GO) test ./rewrite -run '^(TestDifferentialRandom|TestStyles)$$' -count=1 -timeout=0 -v > proof.log || { cat proof.log; failed=1; }; \
		grep -E ' (are converted|manifests)' proof.log; seed=$$((seed + n)); \
	done; rm proof.log; exit $$failed

lint: ## gofmt, go vet, tidy modules
	@test -z "$$(gofmt -s -l .)" || { gofmt -s -l .; echo 'not formatted: run gofmt -s -w'; exit 1; }
	$(GO) vet ./... $(TOOLS)
	$(GO) -C $(READERS) vet ./...
	$(GO) mod tidy -diff
	$(GO) -C $(READERS) mod tidy -diff

staticcheck: ## analyse the code
	$(GO) tool -modfile=tools/go.mod staticcheck ./...
	$(GO) -C $(READERS) tool -modfile=../../tools/go.mod staticcheck ./...

vuln: ## look for known vulnerabilities; skipped where their database is out of reach
	@out=$$($(GO) tool -modfile=tools/go.mod govulncheck ./... 2>&1) && echo "$$out" || { \
		echo "$$out"; case "$$out" in *'fetching vulnerabilities'*) echo 'govulncheck: skipped, the database is out of reach';; *) exit 1;; esac; }

cross: ## build for other systems
	@set -e; for system in linux/arm64 darwin/arm64 windows/amd64; do \
		echo $$system; CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system#*/} $(GO) build -trimpath -o /dev/null ./cmd/shellfree; \
	done

hostile: build ## kill rewrite at every kind of system call (needs strace), try hostile input and print what it takes
	SHELLFREE_LONG=1 REQUIRE_STRACE=1 $(GO) test ./internal/command -run 'TestKilledAnywhere|TestFailingCalls|TestFailingRead|TestFullAndReadOnly|TestSizeLimit|TestTwoAtOnce|TestStartsNothing|TestWithoutNetwork' -count=1 -timeout=30m
	$(GO) test ./rewrite -run 'TestHostileText|TestManyFailures|TestManyPlaceholders|TestAliasBombs|TestJSONShapes|TestYAMLSuite' -count=1
	@$(GO) run ./testdata/bench -largest=$(BENCH_LARGEST) -write='$(BENCH_PAGE)' hostile bin/shellfree

bench: build ## time shellfree and its peers over made trees, and write the tables of docs/performance.md
	@test -d $(BENCH_DIR)/sparse || $(GO) run ./testdata/trees sparse $(BENCH_DIR)/sparse $(BENCH_SPARSE)
	@test -d $(BENCH_DIR)/changing || $(GO) run ./testdata/trees changing $(BENCH_DIR)/changing 2000
	@test -d $(BENCH_DIR)/dense || $(GO) run ./testdata/trees dense $(BENCH_DIR)/dense $(BENCH_FILES) $(BENCH_FROM)
	@test -d $(BENCH_DIR)/apart || $(GO) run ./testdata/trees apart $(BENCH_DIR)/apart $(BENCH_FILES) $(BENCH_FROM)
	@test -d $(BENCH_DIR)/schemas || $(GO) run ./testdata/trees schemas $(BENCH_DIR)/schemas $(KYAML_BUNDLE)
	@$(GO) run ./testdata/bench -runs=$(BENCH_RUNS) -schemas='$(BENCH_SCHEMAS)' -largest=$(BENCH_LARGEST) -write='$(BENCH_PAGE)' \
		trees bin/shellfree $(BENCH_DIR)/sparse $(BENCH_DIR)/dense $(BENCH_DIR)/apart $(BENCH_DIR)/changing
	@$(GO) test -run '^$$' -bench . -benchmem ./rewrite/... | grep -E '^(Benchmark|pkg)'

corpus: ## measure the tool over real manifests in SHELLFREE_CORPUS
	$(GO) test ./internal/command -run '^TestCorpus' -count=1 -v

real: ## run what is written against real klog programs and the real log runner
	REQUIRE_PROGRAMS=1 $(GO) test ./transforms -run '^TestReal$$' -count=1

update: ## rewrite the expectations of golden cases and rule pages; read the diff
	$(GO) test ./internal/command ./docs -update

verify: lint staticcheck vuln cross test fuzz ## everything that CI asks for
