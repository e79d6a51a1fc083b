package dev.sallyport.config;

/** Whether load balancers begin connections with a PROXY header ({@code --proxy-protocol}). */
public enum ProxyProtocolUse {
  OFF("off"),
  /** Connections of the named networks may begin with it. */
  OPTIONAL("optional"),
  /** Connections of the named networks must begin with it. */
  REQUIRED("required");

  private final String flagValue;

  ProxyProtocolUse(String flagValue) {
    this.flagValue = flagValue;
  }

  public String flagValue() {
    return flagValue;
  }
}
