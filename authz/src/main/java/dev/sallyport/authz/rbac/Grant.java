package dev.sallyport.authz.rbac;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One role given to one subject in one scope, by one binding or more. Changed only under the
 * index's lock, read without.
 */
final class Grant {

  private final RoleSlot slot;
  private volatile BoundRole first;
  private volatile @Nullable Set<BoundRole> all;

  Grant(BoundRole first) {
    this.slot = first.slot();
    this.first = first;
  }

  RoleSlot slot() {
    return slot;
  }

  /** The binding a decision names. */
  BoundRole first() {
    return first;
  }

  void forEach(Consumer<? super BoundRole> action) {
    Set<BoundRole> several = all;
    if (several == null) {
      action.accept(first);
    } else {
      several.forEach(action);
    }
  }

  void add(BoundRole binding) {
    Set<BoundRole> several = all;
    if (several == null) {
      several = ConcurrentHashMap.newKeySet();
      several.add(first);
      several.add(binding);
      all = several;
    } else {
      several.add(binding);
    }
  }

  /** Whether the grant ends with this binding, which was its last. */
  boolean remove(BoundRole binding) {
    Set<BoundRole> several = all;
    if (several == null) {
      return first == binding;
    }
    several.remove(binding);
    if (several.isEmpty()) {
      return true;
    }
    if (first == binding) {
      first = several.iterator().next();
    }
    return false;
  }
}
