package dev.sallyport.resources.kinds;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import java.util.HashMap;
import java.util.Map;

/** The strategies of all kinds, by group and kind. Immutable; any thread. */
public final class KindStrategies {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private final Map<String, KindStrategy> byKind;
  private final KindStrategy plain = new PlainStrategy();

  private KindStrategies(Map<String, KindStrategy> byKind) {
    this.byKind = Map.copyOf(byKind);
  }

  /** The built-in kinds' strategies: a kind's behaviour is one line here and a class beside it. */
  public static KindStrategies builtIn() {
    Map<String, KindStrategy> kinds = new HashMap<>(PlainStrategy.byTraits());
    kinds.put(key("", "Namespace"), new NamespaceStrategy());
    kinds.put(key("", "ConfigMap"), new ConfigMapStrategy());
    kinds.put(key("", "Secret"), new SecretStrategy());
    kinds.put(key("", "ServiceAccount"), new ServiceAccountStrategy());
    kinds.put(key("", "Event"), new EventStrategy());
    kinds.put(key("coordination.k8s.io", "Lease"), new LeaseStrategy());
    kinds.put(
        key("certificates.k8s.io", "CertificateSigningRequest"),
        new CertificateSigningRequestStrategy());
    kinds.put(key("sallyport.dev", "CredentialRevocation"), new CredentialRevocationStrategy());
    kinds.put(key(RBAC, "Role"), new RoleStrategy(true));
    kinds.put(key(RBAC, "ClusterRole"), new RoleStrategy(false));
    kinds.put(key(RBAC, "RoleBinding"), new RoleBindingStrategy(true));
    kinds.put(key(RBAC, "ClusterRoleBinding"), new RoleBindingStrategy(false));
    return new KindStrategies(kinds);
  }

  /** The strategy of a resource's stored kind. */
  public KindStrategy of(ResourceDefinition resource) {
    GroupVersionKind kind = resource.storageKind();
    return byKind.getOrDefault(key(kind.group(), kind.kind()), plain);
  }

  static String key(String group, String kind) {
    return group + "/" + kind;
  }
}
