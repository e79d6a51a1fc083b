package dev.sallyport.server.assembly;

import dev.sallyport.server.endpoint.health.HealthCheck;
import java.util.List;

/** How far the server has come, as its probes tell it. Any thread. */
final class Readiness {

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
    return List.of(
        HealthCheck.always("ping"),
        HealthCheck.always("log"),
        HealthCheck.until("store", () -> storeLoaded));
  }

  /** Whether clients should be sent here. */
  List<HealthCheck> ready() {
    return List.of(
        HealthCheck.always("ping"),
        HealthCheck.always("log"),
        HealthCheck.until("store", () -> storeLoaded),
        HealthCheck.until("poststarthook/start-system-namespaces-controller", () -> namespacesMade),
        HealthCheck.until("poststarthook/rbac/bootstrap-roles", () -> policyReconciled),
        HealthCheck.until("listeners", () -> listening),
        new HealthCheck("shutdown", () -> stopping ? "the server is stopping" : null));
  }
}
