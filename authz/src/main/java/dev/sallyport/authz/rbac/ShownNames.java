package dev.sallyport.authz.rbac;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.authz.Sight;
import dev.sallyport.authz.Sight.Names;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Gathers what bindings show of one kind. A role that is bound in many namespaces is read once. */
final class ShownNames implements Consumer<BoundRole> {

  private final RequestInfo request;
  private final Map<RoleSlot, Names> byRole = new IdentityHashMap<>();
  private final Sight.Builder sight = new Sight.Builder();
  private boolean part;

  /**
   * @param request for the whole collection
   */
  ShownNames(RequestInfo request) {
    this.request = request;
  }

  @Override
  public void accept(BoundRole binding) {
    Names names = byRole.computeIfAbsent(binding.slot(), this::names);
    part |= names != Names.NONE && !(names.all() && binding.binding().clusterWide());
    sight.add(binding.binding().namespace(), names);
  }

  private Names names(RoleSlot slot) {
    CompiledRules rules = slot.rules();
    return rules == null ? Names.NONE : rules.names(request);
  }

  /** Whether a binding shows some names or namespaces, and not all there is. */
  boolean part() {
    return part;
  }

  Sight sight() {
    return sight.build();
  }
}
