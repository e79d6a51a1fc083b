package dev.sallyport.authz.rbac;

import dev.sallyport.api.Quoted;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleSubject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A binding with its role's slot. Immutable but for what it works out once. */
final class BoundRole {

  private static final int FEW_SUBJECTS = 8;

  private final RoleBinding binding;
  private final RoleSlot slot;
  private volatile @Nullable Positions positions;
  private @Nullable String firstReason;

  BoundRole(RoleBinding binding, RoleSlot slot) {
    this.binding = binding;
    this.slot = slot;
  }

  RoleBinding binding() {
    return binding;
  }

  RoleSlot slot() {
    return slot;
  }

  /** The user name a subject stands for, or null when it is a group or stands for nobody. */
  static @Nullable String userName(RoleSubject subject, String bindingNamespace) {
    if (subject.kind().equals(RoleSubject.USER)) {
      return subject.name();
    }
    if (!subject.kind().equals(RoleSubject.SERVICE_ACCOUNT)) {
      return null;
    }
    String namespace = subject.namespace().isEmpty() ? bindingNamespace : subject.namespace();
    return namespace.isEmpty()
        ? null
        : WellKnown.SERVICE_ACCOUNT_PREFIX + namespace + ":" + subject.name();
  }

  /** Why a user whom this binding gives a role may do what the role allows. */
  String reasonFor(UserInfo user) {
    int index = firstMatch(user);
    if (index > 0) {
      return describe(index);
    }
    // Strings are safe to publish by a race; asked for on every request of a subject.
    String reason = firstReason;
    if (reason == null) {
      reason = describe(0);
      firstReason = reason;
    }
    return reason;
  }

  private String describe(int index) {
    RoleSubject subject = binding.subjects().get(index);
    StringBuilder out = new StringBuilder(128).append("RBAC: allowed by ");
    if (binding.clusterWide()) {
      Quoted.append(out.append("ClusterRoleBinding "), binding.name());
    } else {
      Quoted.append(out.append("RoleBinding "), binding.name() + "/" + binding.namespace());
    }
    Quoted.append(
        out.append(" of ").append(binding.roleRef().kind()).append(' '), binding.roleRef().name());
    Quoted.append(out.append(" to ").append(subject.kind()).append(' '), displayName(subject));
    return out.toString();
  }

  private String displayName(RoleSubject subject) {
    if (!subject.kind().equals(RoleSubject.SERVICE_ACCOUNT)) {
      return subject.name();
    }
    String namespace = subject.namespace().isEmpty() ? binding.namespace() : subject.namespace();
    return subject.name() + "/" + namespace;
  }

  /** The first subject in the binding's order that stands for the user. */
  private int firstMatch(UserInfo user) {
    List<RoleSubject> subjects = binding.subjects();
    if (subjects.size() > FEW_SUBJECTS) {
      return positions().firstMatch(user);
    }
    for (int i = 0; i < subjects.size() - 1; i++) {
      if (matches(subjects.get(i), user)) {
        return i;
      }
    }
    return subjects.size() - 1;
  }

  private boolean matches(RoleSubject subject, UserInfo user) {
    return subject.kind().equals(RoleSubject.GROUP)
        ? user.groups().contains(subject.name())
        : user.name().equals(userName(subject, binding.namespace()));
  }

  private Positions positions() {
    Positions known = positions;
    if (known == null) {
      known = new Positions(binding);
      positions = known;
    }
    return known;
  }

  /** Where each user and group first stands among many subjects. */
  private static final class Positions {
    private final Map<String, Integer> users = new HashMap<>();
    private final Map<String, Integer> groups = new HashMap<>();

    Positions(RoleBinding binding) {
      for (int i = 0; i < binding.subjects().size(); i++) {
        RoleSubject subject = binding.subjects().get(i);
        if (subject.kind().equals(RoleSubject.GROUP)) {
          groups.putIfAbsent(subject.name(), i);
        } else {
          String user = userName(subject, binding.namespace());
          if (user != null) {
            users.putIfAbsent(user, i);
          }
        }
      }
    }

    int firstMatch(UserInfo user) {
      int first = users.getOrDefault(user.name(), Integer.MAX_VALUE);
      for (String group : user.groups()) {
        first = Math.min(first, groups.getOrDefault(group, Integer.MAX_VALUE));
      }
      return first == Integer.MAX_VALUE ? 0 : first;
    }
  }
}
