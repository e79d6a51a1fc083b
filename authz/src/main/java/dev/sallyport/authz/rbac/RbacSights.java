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
  private final boolean all;

  public RbacSights(RbacIndex index) {
    this(index, () -> true, false);
  }

  private RbacSights(RbacIndex index, BooleanSupplier offered, boolean all) {
    this.index = index;
    this.offered = offered;
    this.all = all;
  }

  /** The same sights while the condition holds; {@link #reconsider} is told when it changes. */
  public RbacSights onlyWhere(BooleanSupplier condition) {
    return new RbacSights(index, condition, all);
  }

  /** Everybody's sight may have changed for another reason than roles and bindings. */
  public void reconsider() {
    index.reconsider();
  }

  @Override
  public Sight of(UserInfo user, String verb, String group, String resource) {
    return offered.getAsBoolean()
        ? index.sight(user, collection(verb, group, resource), all)
        : Sight.NOTHING;
  }

  @Override
  public boolean partly(UserInfo user, String verb, String group, String resource) {
    return offered.getAsBoolean() && index.showsPart(user, collection(verb, group, resource), all);
  }

  private static RequestInfo collection(String verb, String group, String resource) {
    return RequestInfo.ofResource(verb, group, "", "", resource, "", "");
  }

  @Override
  public RbacSights ofAllBindings() {
    return new RbacSights(index, offered, true);
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
