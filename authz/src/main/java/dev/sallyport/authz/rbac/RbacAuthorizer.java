package dev.sallyport.authz.rbac;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Authorizer;
import dev.sallyport.authz.Decision;
import java.util.Set;

/**
 * Judges by roles and bindings, at once. It allows or has no opinion; roles that bindings name but
 * nobody made are told as the reason of the latter, and are no error.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Kubernetes: RBAC</a>
 */
public final class RbacAuthorizer implements Authorizer {

  private final RbacIndex index;

  public RbacAuthorizer(RbacIndex index) {
    this.index = index;
  }

  @Override
  public Answer<AuthorizationResult> authorize(Attributes attributes) {
    BoundRole found = index.find(attributes);
    return Answer.now(
        found == null
            ? noOpinion(attributes)
            : AuthorizationResult.allow(found.reasonFor(attributes.user())));
  }

  private AuthorizationResult noOpinion(Attributes attributes) {
    Set<String> missing = index.missingRoles(attributes.user(), attributes.request().namespace());
    return missing.isEmpty()
        ? AuthorizationResult.NO_OPINION
        : new AuthorizationResult(Decision.NO_OPINION, "RBAC: " + Listed.of(missing), null);
  }
}
