package dev.sallyport.authz.rbac;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Sight;
import dev.sallyport.authz.SightSource;
import java.util.function.BooleanSupplier;

/**
 * Sights by the bindings that have opted in: a binding shows, in its namespace, each object that
 * its role would let the subject list by itself, those of {@code resourceNames} only if there are
 * such. A ClusterRoleBinding can so show single names in all namespaces.
 */
public final class RbacSights implements SightSource {

  private final RbacIndex index;
  private final BooleanSupplier offered;

  public RbacSights(RbacIndex index) {
    this(index, () -> true);
  }

  private RbacSights(RbacIndex index, BooleanSupplier offered) {
    this.index = index;
    this.offered = offered;
  }

  /** The same sights while the condition holds; {@link #reconsider} is told when it changes. */
  public RbacSights onlyWhere(BooleanSupplier condition) {
    return new RbacSights(index, condition);
  }

  /** Everybody's sight may have changed for another reason than roles and bindings. */
  public void reconsider() {
    index.reconsider();
  }

  @Override
  public Sight of(UserInfo user, String verb, String group, String resource) {
    return offered.getAsBoolean()
        ? index.sight(user, RequestInfo.ofResource(verb, group, "", "", resource, "", ""))
        : Sight.NOTHING;
  }

  @Override
  public long generation() {
    return index.changes().generation();
  }

  @Override
  public boolean changedSince(UserInfo user, long generation) {
    return generation() != generation && index.changedSince(user, generation);
  }

  @Override
  public void onChange(Runnable listener) {
    index.changes().onChange(listener);
  }
}
