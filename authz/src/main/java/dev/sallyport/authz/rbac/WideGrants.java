package dev.sallyport.authz.rbac;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.authz.PolicyRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Many roles of one subject in one scope, filed by (verb, group, resource, name): whatever is found
 * under a key of the request allows it. Changed only under the index's lock, read without; while a
 * role changes, what it allows before and after stays allowed throughout.
 */
final class WideGrants {

  /** Roles that would need more keys than this are asked one by one. */
  private static final int MOST_KEYS = 4096;

  private final Map<RoleSlot, Grant> grants = new ConcurrentHashMap<>();
  private final Map<RuleKey, Set<Grant>> byRule = new ConcurrentHashMap<>();
  private final Set<Grant> askedOneByOne = ConcurrentHashMap.newKeySet();
  private final Set<Grant> missing = ConcurrentHashMap.newKeySet();

  /**
   * @param name null for a rule about all names
   */
  private record RuleKey(String verb, String group, String resource, @Nullable String name) {}

  WideGrants(Grant[] initial) {
    for (Grant grant : initial) {
      file(grant);
    }
  }

  @Nullable Grant find(RequestInfo request, String combined) {
    if (request.resourceRequest()) {
      Grant filed = findFiled(request, combined);
      if (filed != null) {
        return filed;
      }
    }
    for (Grant grant : askedOneByOne) {
      CompiledRules rules = grant.slot().rules();
      if (rules != null && rules.allow(request, combined)) {
        return grant;
      }
    }
    return null;
  }

  private @Nullable Grant findFiled(RequestInfo request, String combined) {
    Grant found = findVerb(request.verb(), request, combined);
    return found != null ? found : findVerb(CompiledRules.ALL, request, combined);
  }

  private @Nullable Grant findVerb(String verb, RequestInfo request, String combined) {
    Grant found = findGroup(verb, request.apiGroup(), request, combined);
    return found != null ? found : findGroup(verb, CompiledRules.ALL, request, combined);
  }

  private @Nullable Grant findGroup(
      String verb, String group, RequestInfo request, String combined) {
    Grant found = findName(verb, group, combined, request.name());
    if (found == null) {
      found = findName(verb, group, CompiledRules.ALL, request.name());
    }
    if (found == null && !request.subresource().isEmpty()) {
      String pattern = CompiledRules.ALL_WITH_SUBRESOURCE + request.subresource();
      found = findName(verb, group, pattern, request.name());
    }
    return found;
  }

  private @Nullable Grant findName(String verb, String group, String resource, String name) {
    Grant found = any(new RuleKey(verb, group, resource, null));
    return found != null ? found : any(new RuleKey(verb, group, resource, name));
  }

  private @Nullable Grant any(RuleKey key) {
    Set<Grant> filed = byRule.get(key);
    if (filed != null) {
      for (Grant grant : filed) {
        return grant;
      }
    }
    return null;
  }

  void forEach(Consumer<? super Grant> action) {
    grants.values().forEach(action);
  }

  void forEachMissing(Consumer<? super RoleSlot> action) {
    missing.forEach(grant -> action.accept(grant.slot()));
  }

  void add(BoundRole binding) {
    Grant known = grants.get(binding.slot());
    if (known != null) {
      known.add(binding);
    } else {
      file(new Grant(binding));
    }
  }

  private void file(Grant grant) {
    grants.put(grant.slot(), grant);
    grant.slot().watchedBy(this);
    enter(grant, grant.slot().rules());
  }

  /** Whether nothing is left. */
  boolean remove(BoundRole binding) {
    Grant known = grants.get(binding.slot());
    if (known != null && known.remove(binding)) {
      grants.remove(known.slot());
      known.slot().forgottenBy(this);
      missing.remove(known);
      askedOneByOne.remove(known);
      for (RuleKey key : keys(known.slot().rules())) {
        strike(key, known);
      }
    }
    return grants.isEmpty();
  }

  void roleChanged(RoleSlot slot, @Nullable CompiledRules before, @Nullable CompiledRules after) {
    Grant grant = grants.get(slot);
    if (grant == null) {
      return;
    }
    enter(grant, after);
    Set<RuleKey> gone = keys(before);
    gone.removeAll(keys(after));
    gone.forEach(key -> strike(key, grant));
  }

  private void enter(Grant grant, @Nullable CompiledRules rules) {
    if (rules != null && (rules.hasPaths() || tooMany(rules))) {
      askedOneByOne.add(grant);
    } else {
      askedOneByOne.remove(grant);
    }
    if (rules == null) {
      missing.add(grant);
    } else {
      missing.remove(grant);
    }
    for (RuleKey key : keys(rules)) {
      byRule.computeIfAbsent(key, unused -> ConcurrentHashMap.newKeySet(1)).add(grant);
    }
  }

  private void strike(RuleKey key, Grant grant) {
    Set<Grant> filed = byRule.get(key);
    if (filed != null && filed.remove(grant) && filed.isEmpty()) {
      byRule.remove(key);
    }
  }

  private static boolean tooMany(CompiledRules rules) {
    long keys = 0;
    for (PolicyRule rule : rules.rules()) {
      long names = Math.max(1, rule.resourceNames().size());
      keys +=
          (long) rule.verbs().size() * rule.apiGroups().size() * rule.resources().size() * names;
      if (keys < 0 || keys > MOST_KEYS) {
        return true;
      }
    }
    return false;
  }

  private static Set<RuleKey> keys(@Nullable CompiledRules rules) {
    Set<RuleKey> keys = new HashSet<>();
    if (rules == null || tooMany(rules)) {
      return keys;
    }
    for (PolicyRule rule : rules.rules()) {
      addKeys(rule, keys);
    }
    return keys;
  }

  private static void addKeys(PolicyRule rule, Set<RuleKey> keys) {
    List<@Nullable String> names = new ArrayList<>(rule.resourceNames());
    if (names.isEmpty()) {
      names.add(null);
    }
    for (String verb : rule.verbs()) {
      for (String group : rule.apiGroups()) {
        for (String resource : rule.resources()) {
          names.forEach(name -> keys.add(new RuleKey(verb, group, resource, name)));
        }
      }
    }
  }
}
