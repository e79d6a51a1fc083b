package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The rules of a pod's specification, in the order in which their faults are told. */
final class PodSpecRules {

  private static final int NAMESERVERS = 3;
  private static final int SEARCHES = 32;
  private static final int SEARCH_LENGTH = 2048;
  private static final String NOT_ON_WINDOWS = "cannot be set for a windows pod";

  private PodSpecRules() {}

  /**
   * @param pod whether it is a pod's own specification, not a template's
   */
  static void check(Field spec, boolean pod) {
    Map<String, JsonNode> volumes = VolumeRules.check(spec.at("volumes"));
    resourceClaims(spec.at("resourceClaims"));
    new ContainerRules(spec, volumes).check();
    ResourceRules.pod(spec.at("resources"));
    hostPorts(spec, pod);
    spec.at("restartPolicy").oneOf("Always", "OnFailure", "Never");
    spec.at("dnsPolicy").oneOf("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    spec.at("nodeSelector").labels();
    SecurityRules.pod(spec);
    AffinityRules.check(spec.at("affinity"));
    dns(spec);
    gates(spec);
    SpreadRules.check(spec.at("topologySpreadConstraints"));
    hostUsers(spec);
    names(spec);
    TolerationRules.check(spec.at("tolerations"));
    spec.at("hostAliases")
        .each(
            alias -> {
              alias.at("ip").ip();
              alias.at("hostnames").each(name -> name.is(Names::subdomain));
            });
    spec.at("priorityClassName").isIfSet(Names::subdomain);
    spec.at("runtimeClassName").isIfSet(Names::subdomain);
    spec.at("preemptionPolicy").oneOfIfSet("PreemptLowerPriority", "Never");
    spec.at("overhead").entries(entry -> ResourceRules.value(entry.getKey(), entry.getValue()));
    operatingSystem(spec);
  }

  private static void resourceClaims(Field claims) {
    Set<String> names = new HashSet<>();
    claims.each(
        claim -> {
          Field name = claim.at("name");
          if (name.given()) {
            if (names.add(name.text())) {
              name.is(Names::label);
            } else {
              name.duplicate();
            }
          }
          Field direct = claim.at("resourceClaimName");
          Field template = claim.at("resourceClaimTemplateName");
          if (direct.present() && template.present()) {
            claim.invalid(
                "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                    + " specified");
          } else if (!direct.present() && !template.present()) {
            claim.invalid("must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
          }
          direct.isIfSet(Names::subdomain);
          template.isIfSet(Names::subdomain);
        });
  }

  private static void hostPorts(Field spec, boolean pod) {
    if (!spec.at("hostNetwork").isTrue()) {
      return;
    }
    spec.at("containers")
        .each(
            container ->
                container
                    .at("ports")
                    .each(
                        port -> {
                          long host = port.at("hostPort").number();
                          if ((pod || host != 0) && host != port.at("containerPort").number()) {
                            port.faults()
                                .invalid(
                                    port.at("hostPort").path(),
                                    host,
                                    "must match `containerPort` when `hostNetwork` is true");
                          }
                        }));
  }

  private static void dns(Field spec) {
    Field config = spec.at("dnsConfig");
    Field servers = config.at("nameservers");
    if (spec.at("dnsPolicy").text().equals("None")) {
      if (!config.present()) {
        config.required("must provide `dnsConfig` when `dnsPolicy` is None");
        return;
      }
      if (!servers.given("must provide at least one DNS nameserver when `dnsPolicy` is None")) {
        return;
      }
    }
    if (servers.size() > NAMESERVERS) {
      servers.invalid("must not have more than " + NAMESERVERS + " nameservers");
    }
    servers.each(Field::ip);
    Field searches = config.at("searches");
    if (searches.size() > SEARCHES) {
      searches.invalid("must not have more than " + SEARCHES + " search paths");
    }
    int length = Math.max(0, searches.size() - 1);
    for (JsonNode search : searches.node()) {
      length += search.asText().length();
    }
    if (length > SEARCH_LENGTH) {
      searches.invalid(
          "must not have more than "
              + SEARCH_LENGTH
              + " characters (including spaces) in the search list");
    }
    searches.each(PodSpecRules::search);
    config
        .at("options")
        .each(
            option -> {
              if (option.at("name").isEmpty()) {
                option.required("must not be empty");
              }
            });
  }

  private static void search(Field search) {
    String domain = search.text();
    if (domain.equals(".")) {
      return;
    }
    String bare = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    search.faults().invalid(search.path(), bare, Names.subdomainWithUnderscores(bare));
  }

  private static void gates(Field spec) {
    spec.at("readinessGates").each(gate -> gate.at("conditionType").is(Names::qualifiedName));
    Set<String> seen = new HashSet<>();
    spec.at("schedulingGates")
        .each(
            gate -> {
              String name = gate.at("name").text();
              gate.faults().invalid(gate.path(), name, Names.qualifiedName(name));
              if (!seen.add(name)) {
                gate.faults().duplicate(gate.path(), name);
              }
            });
  }

  private static void hostUsers(Field spec) {
    if (!spec.at("hostUsers").present() || spec.at("hostUsers").isTrue()) {
      return;
    }
    String[][] fields = {
      {"hostNetwork", "hostNetwork"}, {"hostPID", "HostPID"}, {"hostIPC", "HostIPC"}
    };
    for (String[] field : fields) {
      if (spec.at(field[0]).isTrue()) {
        spec.at(field[1]).forbidden("when `pod.Spec.HostUsers` is false");
      }
    }
  }

  private static void names(Field spec) {
    spec.at("serviceAccountName").isIfSet(Names::subdomain);
    spec.at("nodeName").isIfSet(Names::subdomain);
    spec.at("activeDeadlineSeconds").between(1, Integer.MAX_VALUE);
    spec.at("hostname").isIfSet(Names::label);
    spec.at("subdomain").isIfSet(Names::label);
  }

  private static void operatingSystem(Field spec) {
    Field system = spec.at("os");
    if (!system.present()) {
      return;
    }
    system.at("name").oneOf("linux", "windows");
    switch (system.at("name").text()) {
      case "linux" -> each(spec, PodSpecRules::linux);
      case "windows" -> {
        absent(spec, "hostUsers", "hostPID", "hostIPC", "shareProcessNamespace");
        absent(
            spec.at("securityContext"),
            "appArmorProfile",
            "seLinuxOptions",
            "seccompProfile",
            "fsGroup",
            "fsGroupChangePolicy",
            "sysctls",
            "runAsUser",
            "runAsGroup",
            "supplementalGroups",
            "supplementalGroupsPolicy",
            "seLinuxChangePolicy");
        for (String list : PodDefaults.CONTAINERS) {
          spec.at(list).each(container -> windows(container.at("securityContext")));
        }
      }
      default -> {}
    }
  }

  private static void each(Field spec, Consumer<Field> check) {
    check.accept(spec.at("securityContext"));
    for (String list : PodDefaults.CONTAINERS) {
      spec.at(list).each(container -> check.accept(container.at("securityContext")));
    }
  }

  private static void linux(Field context) {
    if (context.at("windowsOptions").present()) {
      context.at("windowsOptions").forbidden("windows options cannot be set for a linux pod");
    }
  }

  private static void windows(Field context) {
    absent(
        context,
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "capabilities",
        "readOnlyRootFilesystem",
        "privileged",
        "allowPrivilegeEscalation",
        "procMount",
        "runAsUser",
        "runAsGroup");
  }

  private static void absent(Field field, String... members) {
    for (String member : members) {
      if (field.at(member).present()) {
        field.at(member).forbidden(NOT_ON_WINDOWS);
      }
    }
  }
}
