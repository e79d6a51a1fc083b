package dev.sallyport.config;

/** One authorizer by the name {@code --authorization-mode} gives it. */
public enum AuthorizationMode {
  RBAC("RBAC"),
  /** Accepted for copied manifests; there are no kubelets here, so it never has an opinion. */
  NODE("Node"),
  /** Asks a webhook. */
  WEBHOOK("Webhook"),
  ALWAYS_ALLOW("AlwaysAllow"),
  ALWAYS_DENY("AlwaysDeny");

  private final String flagValue;

  AuthorizationMode(String flagValue) {
    this.flagValue = flagValue;
  }

  public String flagValue() {
    return flagValue;
  }
}
