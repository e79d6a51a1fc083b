package dev.sallyport.authz;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps users from giving away what they do not hold. Asked before a role or binding is stored, on
 * create, update and patch alike, but for changes of nothing but finalizers and owner references.
 * Any thread; never blocks.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping">Kubernetes:
 *     privilege escalation prevention</a>
 */
public interface EscalationCheck {

  /**
   * @param role the role as it is to be stored
   * @param previous the role as it is stored, or null when it is new
   * @return empty when the user may store it, else the refusal
   */
  Answer<Optional<Status>> checkRole(UserInfo user, Role role, @Nullable Role previous);

  /**
   * @param binding the binding as it is to be stored
   * @return empty when the user may store it, else the refusal: 403, or 404 for a missing role
   */
  Answer<Optional<Status>> checkBinding(UserInfo user, RoleBinding binding);
}
