package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.Status;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import dev.sallyport.authz.ForbiddenMessage;
import java.util.List;
import java.util.Optional;

/** Asks the authorizer and words its refusals. Any error but an ALLOW refuses. */
final class Permission {

  private final Authorizer authorizer;

  Permission(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** Empty when allowed. */
  Answer<Optional<Status>> check(Attributes question) {
    return authorizer.authorize(question).map(result -> refusal(question, result));
  }

  /** Empty when all are allowed, else the first refusal. */
  Answer<Optional<Status>> checkAll(List<Attributes> questions) {
    return checkFrom(0, questions);
  }

  private Answer<Optional<Status>> checkFrom(int index, List<Attributes> questions) {
    if (index == questions.size()) {
      return Answer.now(Optional.empty());
    }
    return check(questions.get(index))
        .then(
            refusal -> refusal.isPresent() ? Answer.now(refusal) : checkFrom(index + 1, questions));
  }

  private static Optional<Status> refusal(Attributes question, AuthorizationResult result) {
    if (result.decision() == Decision.ALLOW) {
      return Optional.empty();
    }
    String why = result.reason();
    String error = result.error();
    if (error != null) {
      why = why.isEmpty() ? error : error + ": " + why;
    }
    return Optional.of(ForbiddenMessage.status(question, why));
  }
}
