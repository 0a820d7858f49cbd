# Two commands on a fresh machine: make book, make test. 在新机器上只需这两条。

PYTHON ?= python3
MINUTES ?= 30
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-annotate --no-strip-extras --custom-compile-command 'make lock'

SOURCES := $(filter-out %.toml,$(wildcard seeds/*))
EXAMPLES := docs/examples/markdown/刻本小史.md docs/examples/novel/夜航.txt

.DEFAULT_GOAL := help
.PHONY: help book test check readers screens bench scale comparison defects gallery fuzz proof \
	reproduce faults release dist licences vulnerabilities lock clean

help: ## 列出这些命令 | list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

book: ## 把 seeds/ 里的书稿和两本样书做成书 | make every source in seeds/, and two examples, books in dist/
	@$(PYTHON) scripts/bootstrap.py book
	$(BIN)/keben build $(SOURCES) $(EXAMPLES) -o dist

test: ## 检查并测试代码 | lint, type-check and test the installed package
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term

check: ## 用校验程序检查 dist/ 里的书 | run the validators on the books in dist/
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/keben check dist/*.epub dist/*.pdf

readers: ## 在真正的阅读器里测试 EPUB | test EPUBs in real reading systems, and with Ace
	@$(PYTHON) scripts/bootstrap.py readers
	$(BIN)/pytest tests/reading_systems

screens: ## 重拍 docs/pictures 里的阅读器画面 | take the screens in docs/pictures again
	@$(PYTHON) scripts/bootstrap.py readers
	$(BIN)/python scripts/screens.py

bench: ## 与其他软件一起测量速度与内存，重写 docs/speed.md | measure speed and memory with our peers, and write docs/speed.md
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group bench
	$(BIN)/python scripts/bench.py --page

scale: ## 测量批量成书，重写 docs/scale.md | measure what many books take, and write docs/scale.md
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/python scripts/scale.py

comparison: ## 与其他排版软件比较，重写 docs/comparison.md | set a page with our peers too, and compare (NOVEL=…: a long text as well)
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/uv pip install --quiet --python $(BIN)/python --group comparison
	$(BIN)/python scripts/comparison.py $(NOVEL)

fuzz: ## 用胡乱的输入试所有读入的代码 | fuzz all that reads (MINUTES=30, TARGETS="text docx …")
	@$(PYTHON) scripts/bootstrap.py test
	-$(BIN)/uv pip install --quiet --python $(BIN)/python --group fuzz
	$(BIN)/python scripts/fuzz.py --minutes $(MINUTES) $(TARGETS)

defects: ## 清点各主题的十种瑕疵，重写 docs/defects.md | count the ten defects in every theme (NOVEL=…: in a long text as well)
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/python scripts/defects.py $(NOVEL)

gallery: ## 重做 docs/gallery.md 的样张 | draw every theme and size on the sources that are here, for docs/gallery.md
	@$(PYTHON) scripts/bootstrap.py book
	$(BIN)/python scripts/gallery.py

proof: ## 校核众多文本，埋错以验校核，重写 docs/proof.md | prove many texts, and plant losses (CORPUS=…: a folder as well)
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/python scripts/proof.py $(CORPUS)

reproduce: ## 在不同环境下反复构建，逐字节比较 | build again in other surroundings and compare all bytes
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/python scripts/reproduce.py $(SOURCES) $(EXAMPLES)

faults: ## 随机中断构建一百次，检查留下的文件 | stop builds a hundred times on the way, and look at what is left
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/python scripts/faults.py $(COUNT)

release: ## 把 SOURCES 发布到 dist/release（VERSION=…） | make a release of SOURCES in dist/release
	@$(PYTHON) scripts/bootstrap.py test
	$(BIN)/python scripts/release.py "$(VERSION)" $(SOURCES)

dist: ## 构建并试装软件包 | build the wheel and the sdist, and try them
	@$(PYTHON) scripts/bootstrap.py release
	$(BIN)/python scripts/distribution.py

licences: ## 重写 docs/LICENSES.md | write the licences of all packages and fonts
	@$(PYTHON) scripts/bootstrap.py release
	$(BIN)/python scripts/licences.py

vulnerabilities: ## 查询所用软件包的已知漏洞 | look the packages up among known vulnerabilities
	@$(PYTHON) scripts/bootstrap.py release
	$(BIN)/python scripts/vulnerabilities.py

lock: ## 重写 requirements/ | pin the dependencies again (OPTIONS=--upgrade: newer ones)
	@$(PYTHON) scripts/bootstrap.py readers
	$(LOCK) $(OPTIONS) --group build --output-file requirements/book.txt
	$(LOCK) $(OPTIONS) --group test --extra check --extra cluster \
		--constraints requirements/book.txt --output-file requirements/test.txt
	$(LOCK) $(OPTIONS) --group readers --extra check --extra cluster \
		--constraints requirements/test.txt --output-file requirements/readers.txt
	npm install --prefix requirements/readers --package-lock-only --ignore-scripts \
		--omit-lockfile-registry-resolved --no-audit --no-fund
	$(LOCK) $(OPTIONS) --group release --extra check --extra cluster \
		--constraints requirements/test.txt --output-file requirements/release.txt

clean: ## 删去 .venv、成书和缓存 | remove .venv, the books and the caches
	rm -rf .venv build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find dist -mindepth 1 ! -name .gitkeep -delete
