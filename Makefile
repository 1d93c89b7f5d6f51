# make            lists what there is
# make rehearse   sets everything up and rehearses the cluster file, on a machine that has Node 20 and nothing else
# make rehearse CLUSTER=examples/ha.ts
# KUBE=real make rehearse     on a real Kubernetes API, with requests that are really sent; Linux and Go, built once

.DEFAULT_GOAL := help
CLUSTER ?= cluster.ts
installed := node_modules/.package-lock.json

.PHONY: help
help:
	@echo "make check      lint, format, types, directions between layers, generated files"
	@echo "make test       every test"
	@echo "make rehearse   deploy, grow, edit, rebuild and destroy the cluster in a lab on this machine"
	@echo "                (CLUSTER=examples/ha.ts rehearses another file, KUBE=real on a real Kubernetes API)"
	@echo "make boot       boot the rendered cloud-init in emulated machines (FULL=1 with load balancers)"
	@echo "make golden     rewrite the golden files"
	@echo "make bench      print the program's measures"

$(installed): package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

.PHONY: check
check: $(installed)
	npm run --silent check

.PHONY: test
test: $(installed)
	npm test --silent

.PHONY: rehearse
rehearse: $(installed)
	./slipway rehearse --cluster $(CLUSTER)

# make boot FULL=1 boots two load balancers too; it needs QEMU and root
.PHONY: boot
boot: $(installed)
	./slipway boot $(if $(FULL),--full)

.PHONY: golden
golden: $(installed)
	npm run --silent golden

.PHONY: bench
bench: $(installed)
	npm run --silent bench
