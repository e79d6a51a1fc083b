package dev.sallyport.authz.rbac;

import dev.sallyport.api.RequestInfo;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The roles one subject was given in one scope: the cluster, or a namespace. Few roles are asked
 * one by one; from {@link #FEW} on they are filed by what they allow. Changed only under the
 * index's lock, read without.
 */
final class ScopeGrants {

  static final int FEW = 16;

  private static final Grant[] NONE = {};

  private volatile Grant[] few = NONE;
  private volatile @Nullable WideGrants many;

  /** A grant that allows the request, or null. */
  @Nullable Grant find(RequestInfo request, String combined) {
    WideGrants wide = many;
    if (wide != null) {
      return wide.find(request, combined);
    }
    for (Grant grant : few) {
      CompiledRules rules = grant.slot().rules();
      if (rules != null && rules.allow(request, combined)) {
        return grant;
      }
    }
    return null;
  }

  void forEach(Consumer<? super Grant> action) {
    WideGrants wide = many;
    if (wide != null) {
      wide.forEach(action);
      return;
    }
    for (Grant grant : few) {
      action.accept(grant);
    }
  }

  /** Tells of each grant whose role is missing. */
  void forEachMissing(Consumer<? super RoleSlot> action) {
    WideGrants wide = many;
    if (wide != null) {
      wide.forEachMissing(action);
      return;
    }
    for (Grant grant : few) {
      if (grant.slot().rules() == null) {
        action.accept(grant.slot());
      }
    }
  }

  void add(BoundRole binding) {
    WideGrants wide = many;
    if (wide != null) {
      wide.add(binding);
      return;
    }
    Grant[] now = few;
    for (Grant grant : now) {
      if (grant.slot() == binding.slot()) {
        grant.add(binding);
        return;
      }
    }
    Grant[] more = Arrays.copyOf(now, now.length + 1);
    more[now.length] = new Grant(binding);
    if (more.length <= FEW) {
      few = more;
    } else {
      // Filled before it is shown: readers see all of the old or all of the new.
      many = new WideGrants(more);
      few = NONE;
    }
  }

  /** Whether nothing is left. */
  boolean remove(BoundRole binding) {
    WideGrants wide = many;
    if (wide != null) {
      return wide.remove(binding);
    }
    Grant[] now = few;
    for (int i = 0; i < now.length; i++) {
      if (now[i].slot() == binding.slot() && now[i].remove(binding)) {
        Grant[] fewer = new Grant[now.length - 1];
        System.arraycopy(now, 0, fewer, 0, i);
        System.arraycopy(now, i + 1, fewer, i, fewer.length - i);
        few = fewer;
        break;
      }
    }
    return few.length == 0;
  }
}
