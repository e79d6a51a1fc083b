package dev.sallyport.authz.union;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks authorizers in their order until one allows or denies. Reasons and errors of those that had
 * no opinion are gathered for the refusal.
 */
public final class UnionAuthorizer implements Authorizer {

  private final Authorizer[] authorizers;

  public UnionAuthorizer(List<Authorizer> authorizers) {
    this.authorizers = authorizers.toArray(new Authorizer[0]);
  }

  @Override
  public Answer<AuthorizationResult> authorize(Attributes attributes) {
    return ask(0, attributes, AuthorizationResult.NO_OPINION);
  }

  private Answer<AuthorizationResult> ask(
      int from, Attributes attributes, AuthorizationResult soFar) {
    AuthorizationResult gathered = soFar;
    for (int i = from; i < authorizers.length; i++) {
      Answer<AuthorizationResult> answer = authorizers[i].authorize(attributes);
      if (!(answer instanceof Answer.Now<AuthorizationResult> now)) {
        int next = i + 1;
        AuthorizationResult before = gathered;
        return answer.then(
            result ->
                result.decision() == Decision.NO_OPINION
                    ? ask(next, attributes, join(before, result))
                    : Answer.now(result));
      }
      if (now.value().decision() != Decision.NO_OPINION) {
        return answer;
      }
      gathered = join(gathered, now.value());
    }
    return Answer.now(gathered);
  }

  private static AuthorizationResult join(AuthorizationResult first, AuthorizationResult second) {
    if (first == AuthorizationResult.NO_OPINION) {
      return second;
    }
    if (second == AuthorizationResult.NO_OPINION) {
      return first;
    }
    return new AuthorizationResult(
        Decision.NO_OPINION,
        joinReasons(first.reason(), second.reason()),
        joinErrors(first.error(), second.error()));
  }

  private static String joinReasons(String first, String second) {
    if (first.isEmpty() || second.isEmpty()) {
      return first + second;
    }
    return first + "\n" + second;
  }

  private static @Nullable String joinErrors(@Nullable String first, @Nullable String second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return "[" + first + ", " + second + "]";
  }
}
