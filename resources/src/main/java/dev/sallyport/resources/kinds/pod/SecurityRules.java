package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Under which identity and with which powers a pod and its containers run. */
final class SecurityRules {

  private static final int HIGHEST_ID = Integer.MAX_VALUE;
  private static final int SYSCTL_LENGTH = 253;
  private static final String SYSCTL_FAULT =
      "must have at most 253 characters and match regex"
          + " ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

  private SecurityRules() {}

  static void pod(Field spec) {
    Field context = spec.at("securityContext");
    id(context.at("fsGroup"));
    id(context.at("runAsUser"));
    id(context.at("runAsGroup"));
    context.at("supplementalGroups").each(SecurityRules::id);
    if (spec.at("shareProcessNamespace").isTrue() && spec.at("hostPID").isTrue()) {
      context
          .at("shareProcessNamespace")
          .with(spec.at("shareProcessNamespace").node())
          .invalid("ShareProcessNamespace and HostPID cannot both be enabled");
    }
    sysctls(context.at("sysctls"), spec);
    context.at("fsGroupChangePolicy").oneOfIfSet("Always", "OnRootMismatch");
    seccomp(context.at("seccompProfile"));
    appArmor(context.at("appArmorProfile"));
    context.at("supplementalGroupsPolicy").oneOfIfSet("Merge", "Strict");
    context.at("seLinuxChangePolicy").oneOfIfSet("MountOption", "Recursive");
  }

  static void container(Field context, boolean hostUsers) {
    id(context.at("runAsUser"));
    id(context.at("runAsGroup"));
    Field mount = context.at("procMount");
    mount.oneOfIfSet("Default", "Unmasked");
    if (hostUsers && mount.text().equals("Unmasked")) {
      mount.invalid("`hostUsers` must be false to use `Unmasked`");
    }
    seccomp(context.at("seccompProfile"));
    appArmor(context.at("appArmorProfile"));
    Field escalation = context.at("allowPrivilegeEscalation");
    if (escalation.present() && !escalation.isTrue()) {
      String without = "cannot set `allowPrivilegeEscalation` to false and ";
      if (context.at("privileged").isTrue()) {
        context.invalid(without + "`privileged` to true");
      }
      for (JsonNode capability : context.at("capabilities", "add").node()) {
        if (capability.asText().equals("CAP_SYS_ADMIN")) {
          context.invalid(without + "`capabilities.Add` CAP_SYS_ADMIN");
        }
      }
    }
  }

  private static void id(Field id) {
    id.between(0, HIGHEST_ID);
  }

  private static void seccomp(Field profile) {
    if (!profile.present()) {
      return;
    }
    Field type = profile.at("type");
    if (type.given("type is required when seccompProfile is set")) {
      type.oneOfIfSet("Localhost", "RuntimeDefault", "Unconfined");
    }
    Field local = profile.at("localhostProfile");
    if (!type.text().equals("Localhost")) {
      if (local.present()) {
        local.with(profile.node()).invalid("can only be set when seccomp type is Localhost");
      }
    } else if (!local.present()) {
      local.required("must be set when seccomp type is Localhost");
    } else {
      local.is(LocalPaths::descending);
    }
  }

  private static void appArmor(Field profile) {
    if (!profile.present()) {
      return;
    }
    Field type = profile.at("type");
    Field local = profile.at("localhostProfile");
    switch (type.text()) {
      case "Localhost" -> {
        if (local.given("must be set when AppArmor type is Localhost")
            && !local.text().equals(local.text().strip())) {
          local.invalid("must not be padded with whitespace");
        }
      }
      case "RuntimeDefault", "Unconfined" -> {
        if (local.present()) {
          local.invalid("can only be set when AppArmor type is Localhost");
        }
      }
      case "" -> type.required("type is required when appArmorProfile is set");
      default -> type.unsupported("Localhost", "RuntimeDefault", "Unconfined");
    }
  }

  private static void sysctls(Field sysctls, Field spec) {
    Set<String> seen = new HashSet<>();
    sysctls.each(
        sysctl -> {
          Field name = sysctl.at("name");
          if (name.givenAndIs(SecurityRules::sysctl) && !seen.add(name.text())) {
            name.duplicate();
          }
          if (spec.at("hostNetwork").isTrue() && name.text().startsWith("net.")) {
            name.invalid("may not be specified when 'hostNetwork' is true");
          } else if (spec.at("hostIPC").isTrue() && isIpc(name.text())) {
            name.invalid("may not be specified when 'hostIPC' is true");
          }
        });
  }

  private static boolean isIpc(String name) {
    return name.startsWith("kernel.shm")
        || name.startsWith("kernel.msg")
        || name.startsWith("fs.mqueue.")
        || name.equals("kernel.sem");
  }

  private static List<String> sysctl(String name) {
    boolean fits = name.length() <= SYSCTL_LENGTH;
    boolean word = false;
    for (int i = 0; i < name.length() && fits; i++) {
      char c = name.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (c == '.' || c == '/') {
        fits = word;
        word = false;
      } else if (c == '-' || c == '_') {
        fits = i > 0 && name.charAt(i - 1) != '.' && name.charAt(i - 1) != '/';
        word = false;
      } else {
        fits = alphanumeric;
        word = true;
      }
    }
    return fits && word ? List.of() : List.of(SYSCTL_FAULT);
  }
}
