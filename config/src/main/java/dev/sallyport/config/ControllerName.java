package dev.sallyport.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The controllers that run in here, by kube-controller-manager's names for them. */
public enum ControllerName {
  BOOTSTRAP_SIGNER("bootstrap-signer-controller", "bootstrapsigner", false),
  CSR_APPROVING("certificatesigningrequest-approving-controller", "csrapproving", true),
  CSR_CLEANER("certificatesigningrequest-cleaner-controller", "csrcleaner", true),
  CSR_SIGNING("certificatesigningrequest-signing-controller", "csrsigning", true),
  CLUSTER_ROLE_AGGREGATION("clusterrole-aggregation-controller", "clusterrole-aggregation", true),
  GARBAGE_COLLECTOR("garbage-collector-controller", "garbagecollector", true),
  NAMESPACE("namespace-controller", "namespace", true),
  ROOT_CA_PUBLISHER("root-ca-certificate-publisher-controller", "root-ca-cert-publisher", true),
  SERVICE_ACCOUNT("serviceaccount-controller", "serviceaccount", true),
  SERVICE_ACCOUNT_TOKEN("serviceaccount-token-controller", "serviceaccount-token", true),
  TOKEN_CLEANER("token-cleaner-controller", "tokencleaner", false);

  /** Those that nobody needs who has no bootstrap tokens. */
  public static final Set<ControllerName> OF_BOOTSTRAP_TOKENS =
      Set.of(BOOTSTRAP_SIGNER, TOKEN_CLEANER);

  private final String flagValue;
  private final String oldName;
  private final boolean onByDefault;

  ControllerName(String flagValue, String oldName, boolean onByDefault) {
    this.flagValue = flagValue;
    this.oldName = oldName;
    this.onByDefault = onByDefault;
  }

  public String flagValue() {
    return flagValue;
  }

  /** Whether {@code *} means it too. */
  public boolean onByDefault() {
    return onByDefault;
  }

  /** The controller of that name, or of the short name it had before Kubernetes 1.28. */
  public static Optional<ControllerName> find(String name) {
    for (ControllerName controller : values()) {
      if (controller.flagValue.equals(name) || controller.oldName.equals(name)) {
        return Optional.of(controller);
      }
    }
    return Optional.empty();
  }

  /** The names as {@code --controllers} takes them, in alphabetical order. */
  public static List<String> names() {
    return List.of(values()).stream().map(ControllerName::flagValue).sorted().toList();
  }
}
