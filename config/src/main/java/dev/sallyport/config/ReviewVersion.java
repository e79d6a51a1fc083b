package dev.sallyport.config;

/** The API version in which a webhook is asked. */
public enum ReviewVersion {
  V1BETA1("v1beta1"),
  V1("v1");

  private final String flagValue;

  ReviewVersion(String flagValue) {
    this.flagValue = flagValue;
  }

  public String flagValue() {
    return flagValue;
  }
}
