package dev.sallyport.authn.explain;

import java.util.List;

/**
 * What one way in said.
 *
 * @param authenticator its name
 * @param reasons why it refused; never hold the credential
 */
public record Finding(String authenticator, Said said, List<String> reasons) {

  /** What there is to say. */
  public enum Said {
    ACCEPTED,
    REFUSED,
    /** The request shows it no credential, or none that it knows. */
    ABSTAINED,
    /** Another one decided before, or there is no token to ask it about. */
    NOT_ASKED
  }

  public Finding {
    reasons = List.copyOf(reasons);
  }
}
