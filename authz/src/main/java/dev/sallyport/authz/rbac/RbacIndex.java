package dev.sallyport.authz.rbac;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSource;
import dev.sallyport.authz.RoleSubject;
import dev.sallyport.authz.RuleResolver;
import dev.sallyport.authz.Sight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All roles and bindings, filed by subject and scope. Reading takes no lock and costs a few
 * look-ups for the caller and each of its groups; a change costs what the changed binding names,
 * and a role's change does not touch its bindings.
 *
 * <p>Every source keeps its own bindings. Where two sources know a role of the same name, the one
 * followed first is believed.
 */
public final class RbacIndex implements RuleResolver {

  private final Object writing = new Object();
  private final Map<RoleKey, RoleSlot> roles = new ConcurrentHashMap<>();
  private final Map<BindingKey, BoundRole> bindings = new HashMap<>();
  private final Map<String, SubjectGrants> users = new ConcurrentHashMap<>();
  private final Map<String, SubjectGrants> groups = new ConcurrentHashMap<>();
  private final BoundGroups boundGroups = new BoundGroups(groups);
  private final SightChanges changes = new SightChanges();
  private final boolean allShow;
  private int sources;

  /** Only bindings that have opted in show their part of lists across namespaces. */
  public RbacIndex() {
    this(false);
  }

  /**
   * @param allShow whether lists across namespaces show what any binding gives
   */
  public RbacIndex(boolean allShow) {
    this.allShow = allShow;
  }

  /**
   * @param kind as references name it; what is no role's kind never resolves
   */
  private record RoleKey(String kind, String namespace, String name) {
    static RoleKey of(String namespace, String name) {
      return new RoleKey(
          namespace.isEmpty() ? RoleRef.CLUSTER_ROLE : RoleRef.ROLE, namespace, name);
    }

    static RoleKey of(RoleBinding binding) {
      RoleRef role = binding.roleRef();
      boolean local = role.kind().equals(RoleRef.ROLE);
      return new RoleKey(role.kind(), local ? binding.namespace() : "", role.name());
    }
  }

  private record BindingKey(int source, String namespace, String name) {}

  /** Reads what a source has, and from then on follows it. */
  public void follow(RoleSource source) {
    int number;
    synchronized (writing) {
      number = sources++;
    }
    source.follow(new SourceSink(number));
  }

  /** The rules of the role a binding names, or empty when there is none. */
  public Optional<List<PolicyRule>> rulesOf(RoleBinding binding) {
    RoleSlot slot = roles.get(RoleKey.of(binding));
    CompiledRules rules = slot == null ? null : slot.rules();
    return rules == null ? Optional.empty() : Optional.of(rules.rules());
  }

  /** A binding that lets the user do what is asked, or null. */
  @Nullable BoundRole find(Attributes attributes) {
    UserInfo user = attributes.user();
    RequestInfo request = attributes.request();
    String combined = request.combinedResource();
    SubjectGrants own = users.get(user.name());
    List<SubjectGrants> shared = boundGroups.of(user.groups());
    BoundRole found = findIn("", own, shared, request, combined);
    if (found == null && !request.namespace().isEmpty()) {
      found = findIn(request.namespace(), own, shared, request, combined);
    }
    return found;
  }

  private static @Nullable BoundRole findIn(
      String namespace,
      @Nullable SubjectGrants own,
      List<SubjectGrants> shared,
      RequestInfo request,
      String combined) {
    BoundRole found = findFor(own, namespace, request, combined);
    for (int i = 0; found == null && i < shared.size(); i++) {
      found = findFor(shared.get(i), namespace, request, combined);
    }
    return found;
  }

  private static @Nullable BoundRole findFor(
      @Nullable SubjectGrants subject, String namespace, RequestInfo request, String combined) {
    ScopeGrants scope = subject == null ? null : subject.in(namespace);
    Grant grant = scope == null ? null : scope.find(request, combined);
    return grant == null ? null : grant.first();
  }

  /**
   * What of a kind lists across namespaces show to the user; see {@link RbacSights}.
   *
   * @param all whether every binding shows what it gives
   */
  Sight sight(UserInfo user, RequestInfo clusterWide, boolean all) {
    SubjectGrants own = users.get(user.name());
    List<SubjectGrants> shared = boundGroups.of(user.groups());
    if (!shows(own, shared, all)) {
      return Sight.NOTHING;
    }
    if (findIn("", own, shared, clusterWide, clusterWide.combinedResource()) != null) {
      return Sight.EVERYTHING;
    }
    return shown(own, shared, clusterWide, all).sight();
  }

  /** Whether bindings that show anything show names or namespaces of the kind. */
  boolean showsPart(UserInfo user, RequestInfo clusterWide, boolean all) {
    SubjectGrants own = users.get(user.name());
    List<SubjectGrants> shared = boundGroups.of(user.groups());
    return shows(own, shared, all) && shown(own, shared, clusterWide, all).part();
  }

  private static ShownNames shown(
      @Nullable SubjectGrants own,
      List<SubjectGrants> shared,
      RequestInfo clusterWide,
      boolean all) {
    ShownNames shown = new ShownNames(clusterWide);
    if (own != null) {
      own.forEachShowing(all, shown);
    }
    for (SubjectGrants group : shared) {
      group.forEachShowing(all, shown);
    }
    return shown;
  }

  private static boolean shows(
      @Nullable SubjectGrants own, List<SubjectGrants> shared, boolean all) {
    if (all) {
      return own != null || !shared.isEmpty();
    }
    boolean shows = own != null && !own.showing().isEmpty();
    for (int i = 0; !shows && i < shared.size(); i++) {
      shows = !shared.get(i).showing().isEmpty();
    }
    return shows;
  }

  /** Everybody's sight may be another. */
  void reconsider() {
    synchronized (writing) {
      changes.all();
    }
  }

  /** Counts the changes that may change a sight. */
  SightChanges changes() {
    return changes;
  }

  /** Whether anything given to the user changed behind the generation. */
  boolean changedSince(UserInfo user, long generation) {
    if (changes.allBehind(generation)) {
      return true;
    }
    SubjectGrants own = users.get(user.name());
    boolean changed = own != null && own.changed() > generation;
    List<SubjectGrants> shared = boundGroups.of(user.groups());
    for (int i = 0; !changed && i < shared.size(); i++) {
      changed = shared.get(i).changed() > generation;
    }
    return changed;
  }

  /** What to say of roles that were given to the user but do not exist; each once. */
  Set<String> missingRoles(UserInfo user, String namespace) {
    MissingRoles missing = new MissingRoles();
    forEachScope(user, namespace, missing);
    return missing.found;
  }

  /** Gathers only where there is something: most refusals find nothing missing. */
  private static final class MissingRoles implements Consumer<ScopeGrants> {
    private Set<String> found = Set.of();

    @Override
    public void accept(ScopeGrants scope) {
      scope.forEachMissing(this::add);
    }

    private void add(RoleSlot slot) {
      if (found.isEmpty()) {
        found = new LinkedHashSet<>();
      }
      found.add(slot.missing());
    }
  }

  @Override
  public ResolvedRules rulesFor(UserInfo user, String namespace) {
    Set<BoundRole> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<PolicyRule> rules = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    forEachScope(
        user,
        namespace,
        scope ->
            scope.forEach(
                grant -> {
                  CompiledRules granted = grant.slot().rules();
                  if (granted == null) {
                    missing.add(grant.slot().missing());
                    return;
                  }
                  grant.forEach(
                      binding -> {
                        if (seen.add(binding)) {
                          rules.addAll(granted.rules());
                        }
                      });
                }));
    return new ResolvedRules(rules, false, List.copyOf(missing));
  }

  private void forEachScope(UserInfo user, String namespace, Consumer<ScopeGrants> action) {
    visit(user, "", action);
    if (!namespace.isEmpty()) {
      visit(user, namespace, action);
    }
  }

  private void visit(UserInfo user, String namespace, Consumer<ScopeGrants> action) {
    visit(users.get(user.name()), namespace, action);
    for (SubjectGrants shared : boundGroups.of(user.groups())) {
      visit(shared, namespace, action);
    }
  }

  private static void visit(
      @Nullable SubjectGrants subject, String namespace, Consumer<ScopeGrants> action) {
    ScopeGrants scope = subject == null ? null : subject.in(namespace);
    if (scope != null) {
      action.accept(scope);
    }
  }

  private void putRole(int source, RoleKey key, @Nullable CompiledRules rules) {
    RoleSlot slot = slot(key);
    boolean changed = slot.put(source, rules);
    boolean bound = slot.isBound();
    dropIfUnused(key, slot);
    if (changed && bound) {
      // Of many subjects, perhaps: each of them looks for itself whether it matters.
      changes.all();
    }
  }

  private void putBinding(int source, RoleBinding binding) {
    RoleKey role = RoleKey.of(binding);
    BoundRole added = new BoundRole(binding, slot(role));
    added.slot().bound();
    BoundRole replaced =
        bindings.put(new BindingKey(source, binding.namespace(), binding.name()), added);
    boolean shows = allShow || binding.filtersLists();
    long generation = changes.next();
    // The new one first: what both grant stays granted throughout.
    forEachSubject(
        binding,
        (map, name) -> {
          SubjectGrants subject = subject(map, name);
          subject.add(added, shows);
          subject.changed(generation);
        });
    if (replaced != null) {
      withdraw(replaced, generation);
    }
    changes.made(generation);
  }

  private SubjectGrants subject(Map<String, SubjectGrants> map, String name) {
    SubjectGrants known = map.get(name);
    if (known != null) {
      return known;
    }
    SubjectGrants first = new SubjectGrants();
    map.put(name, first);
    boundGroups.changed();
    return first;
  }

  private void removeBinding(int source, String namespace, String name) {
    BoundRole removed = bindings.remove(new BindingKey(source, namespace, name));
    if (removed != null) {
      long generation = changes.next();
      withdraw(removed, generation);
      changes.made(generation);
    }
  }

  private void withdraw(BoundRole binding, long generation) {
    forEachSubject(
        binding.binding(),
        (map, name) -> {
          SubjectGrants subject = map.get(name);
          if (subject == null) {
            return;
          }
          subject.changed(generation);
          if (subject.remove(binding)) {
            map.remove(name);
            changes.forgot(generation);
          }
        });
    binding.slot().unbound();
    dropIfUnused(RoleKey.of(binding.binding()), binding.slot());
  }

  /** Visits each subject once, though a binding may name it twice. */
  private void forEachSubject(RoleBinding binding, SubjectVisitor visitor) {
    Set<String> seenUsers = new HashSet<>();
    Set<String> seenGroups = new HashSet<>();
    for (RoleSubject subject : binding.subjects()) {
      if (subject.kind().equals(RoleSubject.GROUP)) {
        if (seenGroups.add(subject.name())) {
          visitor.visit(groups, subject.name());
        }
      } else {
        String user = BoundRole.userName(subject, binding.namespace());
        if (user != null && seenUsers.add(user)) {
          visitor.visit(users, user);
        }
      }
    }
  }

  private interface SubjectVisitor {
    void visit(Map<String, SubjectGrants> map, String name);
  }

  private RoleSlot slot(RoleKey key) {
    return roles.computeIfAbsent(key, unused -> new RoleSlot(key.kind(), key.name()));
  }

  private void dropIfUnused(RoleKey key, RoleSlot slot) {
    if (slot.unused()) {
      roles.remove(key);
    }
  }

  /** Takes what one source tells. */
  private final class SourceSink implements RoleSource.Sink {
    private final int source;

    SourceSink(int source) {
      this.source = source;
    }

    @Override
    public void putRole(Role role) {
      CompiledRules rules = new CompiledRules(role.rules());
      synchronized (writing) {
        RbacIndex.this.putRole(source, RoleKey.of(role.namespace(), role.name()), rules);
      }
    }

    @Override
    public void removeRole(String namespace, String name) {
      synchronized (writing) {
        RbacIndex.this.putRole(source, RoleKey.of(namespace, name), null);
      }
    }

    @Override
    public void putBinding(RoleBinding binding) {
      synchronized (writing) {
        RbacIndex.this.putBinding(source, binding);
      }
    }

    @Override
    public void removeBinding(String namespace, String name) {
      synchronized (writing) {
        RbacIndex.this.removeBinding(source, namespace, name);
      }
    }
  }
}
