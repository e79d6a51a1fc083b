package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;

/** How an upstream learns who calls. */
public record IdentityConfig(Form form) {

  /** Front-proxy headers. */
  public static final IdentityConfig DEFAULT = new IdentityConfig(Form.HEADERS);

  /** By impersonation, for a kube-apiserver. */
  public static final IdentityConfig IMPERSONATE = new IdentityConfig(Form.IMPERSONATE);

  /** In what form it is told. */
  public enum Form implements NamedChoice {
    /** X-Remote-User, -Uid, -Group and -Extra-…. */
    HEADERS("headers"),
    /** Impersonate-User, -Uid, -Group and -Extra-…: the upstream is a kube-apiserver. */
    IMPERSONATE("impersonate"),
    /** Not at all. */
    NONE("none");

    private final String text;

    Form(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /**
   * Reads the field {@code identity}.
   *
   * @param upstream the mapping around it
   * @param otherwise what holds without it
   */
  static IdentityConfig parse(Fields upstream, IdentityConfig otherwise) {
    return new IdentityConfig(Values.choice(upstream, "identity", Form.values(), otherwise.form()));
  }
}
