package dev.sallyport.server.assembly;

import dev.sallyport.server.endpoint.health.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How far the server has come, as its probes tell it. The checks have kube-apiserver's names, so
 * that probes which ask for one, or leave one out, go on working: each waits for the part of this
 * server that does that work, and where there is no such part, for the end of the start. Any
 * thread.
 */
final class Readiness {

  /** Everything they need is in memory when the store has been read. */
  private static final List<String> ONCE_THE_STORE_IS_READ =
      List.of(
          "poststarthook/crd-informer-synced",
          "poststarthook/generic-apiserver-start-informers",
          "poststarthook/start-apiextensions-informers",
          "poststarthook/start-kube-aggregator-informers",
          "poststarthook/storage-object-count-tracker-hook",
          "poststarthook/storage-readiness");

  private static final List<String> ONCE_STARTED =
      List.of(
          "autoregister-completion",
          "poststarthook/apiservice-discovery-controller",
          "poststarthook/apiservice-openapi-controller",
          "poststarthook/apiservice-openapiv3-controller",
          "poststarthook/apiservice-registration-controller",
          "poststarthook/apiservice-status-local-available-controller",
          "poststarthook/apiservice-status-remote-available-controller",
          "poststarthook/bootstrap-controller",
          "poststarthook/kube-apiserver-autoregistration",
          "poststarthook/peer-endpoint-reconciler-controller",
          "poststarthook/priority-and-fairness-config-consumer",
          "poststarthook/priority-and-fairness-config-producer",
          "poststarthook/priority-and-fairness-filter",
          "poststarthook/scheduling/bootstrap-system-priority-classes",
          "poststarthook/start-apiextensions-controllers",
          "poststarthook/start-apiserver-admission-initializer",
          "poststarthook/start-cluster-authentication-info-controller",
          "poststarthook/start-kube-apiserver-identity-lease-controller",
          "poststarthook/start-kube-apiserver-identity-lease-garbage-collector",
          "poststarthook/start-kubernetes-service-cidr-controller",
          "poststarthook/start-legacy-token-tracking-controller",
          "poststarthook/start-service-ip-repair-controllers");

  private volatile boolean storeLoaded;
  private volatile boolean namespacesMade;
  private volatile boolean policyReconciled;
  private volatile boolean listening;
  private volatile boolean stopping;

  void storeLoaded() {
    storeLoaded = true;
  }

  void namespacesMade() {
    namespacesMade = true;
  }

  void policyReconciled() {
    policyReconciled = true;
  }

  void listening() {
    listening = true;
  }

  void stopping() {
    stopping = true;
  }

  /** Whether a restart would help: nothing here fails while the server merely starts or stops. */
  List<HealthCheck> alive() {
    List<HealthCheck> checks = checks(() -> true, () -> true, () -> true);
    checks.add(HealthCheck.always("loopback-serving-certificate"));
    return checks;
  }

  /** Whether clients should be sent here. */
  List<HealthCheck> ready() {
    List<HealthCheck> checks =
        checks(
            () -> namespacesMade,
            () -> policyReconciled,
            () -> namespacesMade && policyReconciled && listening);
    checks.add(HealthCheck.until("etcd-readiness", () -> storeLoaded));
    checks.add(HealthCheck.until("informer-sync", () -> storeLoaded));
    checks.add(new HealthCheck("shutdown", () -> stopping ? "the server is stopping" : null));
    return checks;
  }

  private List<HealthCheck> checks(
      BooleanSupplier namespaces, BooleanSupplier policy, BooleanSupplier started) {
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(HealthCheck.always("ping"));
    checks.add(HealthCheck.always("log"));
    checks.add(HealthCheck.until("etcd", () -> storeLoaded));
    checks.add(HealthCheck.until("poststarthook/start-system-namespaces-controller", namespaces));
    checks.add(HealthCheck.until("poststarthook/rbac/bootstrap-roles", policy));
    ONCE_THE_STORE_IS_READ.forEach(name -> checks.add(HealthCheck.until(name, () -> storeLoaded)));
    ONCE_STARTED.forEach(name -> checks.add(HealthCheck.until(name, started)));
    return checks;
  }
}
