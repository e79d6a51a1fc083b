package dev.sallyport.authn;

import dev.sallyport.api.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The three outcomes of a way in. */
public sealed interface AuthenticationResult {

  /**
   * The credential is good.
   *
   * @param credential which it was, as far as it can be named
   * @param annotations what the audit log shall say of it, such as that the token is stale
   */
  record Authenticated(
      UserInfo user, Audiences audiences, Credential credential, Map<String, String> annotations)
      implements AuthenticationResult {

    public Authenticated {
      annotations = Map.copyOf(annotations);
    }

    /** A credential of which there is nothing more to say. */
    public Authenticated(UserInfo user, Audiences audiences, Credential credential) {
      this(user, audiences, credential, Map.of());
    }

    /** By a credential that has neither a name nor an end. */
    public Authenticated(UserInfo user, Audiences audiences) {
      this(user, audiences, Credential.NONE);
    }
  }

  /** There is no credential of this kind: the next authenticator decides. */
  enum Abstained implements AuthenticationResult {
    INSTANCE
  }

  /**
   * There is a credential and it is bad. Others may still vouch for the request by another one; if
   * none does, the answer is 401 and never anonymous.
   *
   * @param refusals who refused and why, in the order in which they were asked
   */
  record Rejected(List<Refusal> refusals) implements AuthenticationResult {

    public Rejected {
      refusals = List.copyOf(refusals);
    }

    /**
     * @param reason why, for the log, for explanations and for a TokenReview; never holds the
     *     credential
     */
    public Rejected(String reason) {
      this(List.of(new Refusal("", reason, true)));
    }

    /** A rejection whose reason only the log and explanations tell. */
    public static Rejected quietly(String reason) {
      return new Rejected(List.of(new Refusal("", reason, false)));
    }

    /** The reasons that may be told to whoever asks, each once; "" when there is none. */
    public String reason() {
      List<String> told = new ArrayList<>(refusals.size());
      for (Refusal refusal : refusals) {
        if (refusal.told() && !told.contains(refusal.reason())) {
          told.add(refusal.reason());
        }
      }
      return told.size() > 1 ? "[" + String.join(", ", told) + "]" : String.join("", told);
    }

    /** The same with the name of whoever refused, where that is not known yet. */
    public Rejected by(String authenticator) {
      return new Rejected(refusals.stream().map(refusal -> refusal.by(authenticator)).toList());
    }
  }

  /**
   * One no.
   *
   * @param authenticator who said it, by its name in the factory; "" while nobody has put it there
   * @param reason why; never holds the credential
   * @param told whether a TokenReview's answer names the reason, as kube-apiserver's would
   */
  record Refusal(String authenticator, String reason, boolean told) {
    Refusal by(String name) {
      return authenticator.isEmpty() ? new Refusal(name, reason, told) : this;
    }

    @Override
    public String toString() {
      return authenticator.isEmpty() ? reason : authenticator + ": " + reason;
    }
  }
}
