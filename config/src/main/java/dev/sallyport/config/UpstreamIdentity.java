package dev.sallyport.config;

/** How a backend learns who calls ({@code --upstream-identity}). */
public enum UpstreamIdentity {
  /** X-Remote-User, -Uid, -Group and -Extra-…. */
  HEADERS("headers"),
  /** Impersonate-User, -Uid, -Group and -Extra-…: the backend is a kube-apiserver. */
  IMPERSONATE("impersonate"),
  /** A token of ours, verified by the keys that are published here. */
  JWT("jwt"),
  /** Not at all. */
  NONE("none");

  private final String flagValue;

  UpstreamIdentity(String flagValue) {
    this.flagValue = flagValue;
  }

  public String flagValue() {
    return flagValue;
  }
}
