package dev.sallyport.resources.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.validation.NameRule;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A kind without rules of its own: what its schema says, and a few traits. */
record PlainStrategy(Set<Trait> traits, NameRule nameRule) implements KindStrategy {

  PlainStrategy {
    traits = Set.copyOf(traits);
  }

  PlainStrategy() {
    this(Set.of(), NameRule.SUBDOMAIN);
  }

  @Override
  public void prepareCreate(ObjectNode object) {
    if (!traits.contains(Trait.STATUS_AT_CREATION)) {
      object.remove("status");
    }
  }

  /** Kinds that differ from the plain one in traits or names only. */
  static Map<String, KindStrategy> byTraits() {
    Map<String, KindStrategy> kinds = new HashMap<>();
    put(kinds, "", "Node", Trait.STATUS_AT_CREATION);
    put(kinds, "", "Endpoints", Trait.CREATE_ON_UPDATE);
    put(kinds, "", "LimitRange", Trait.CREATE_ON_UPDATE);
    put(kinds, "", "PersistentVolume", Trait.ANSWERS_DELETED);
    put(kinds, "", "PersistentVolumeClaim", Trait.ANSWERS_DELETED);
    put(kinds, "", "PodTemplate", Trait.ANSWERS_DELETED, Trait.GENERATION);
    put(kinds, "", "ReplicationController", Trait.GENERATION);
    put(kinds, "", "ResourceQuota", Trait.ANSWERS_DELETED);
    for (String kind : new String[] {"Deployment", "DaemonSet", "ReplicaSet", "StatefulSet"}) {
      put(kinds, "apps", kind, Trait.GENERATION);
    }
    put(kinds, "batch", "Job", Trait.GENERATION);
    put(kinds, "batch", "CronJob", Trait.GENERATION);
    put(kinds, "networking.k8s.io", "Ingress", Trait.GENERATION);
    put(kinds, "networking.k8s.io", "IngressClass", Trait.GENERATION);
    put(kinds, "networking.k8s.io", "NetworkPolicy", Trait.GENERATION);
    put(kinds, "policy", "PodDisruptionBudget", Trait.GENERATION, Trait.VERSIONED_UPDATES_ONLY);
    put(kinds, "discovery.k8s.io", "EndpointSlice", Trait.GENERATION);
    put(kinds, "scheduling.k8s.io", "PriorityClass", Trait.GENERATION);
    put(kinds, "flowcontrol.apiserver.k8s.io", "FlowSchema", Trait.GENERATION);
    put(kinds, "flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", Trait.GENERATION);
    admission(kinds, "MutatingWebhookConfiguration");
    admission(kinds, "ValidatingWebhookConfiguration");
    admission(kinds, "ValidatingAdmissionPolicy");
    admission(kinds, "ValidatingAdmissionPolicyBinding");
    admission(kinds, "MutatingAdmissionPolicy");
    admission(kinds, "MutatingAdmissionPolicyBinding");
    put(
        kinds,
        "apiextensions.k8s.io",
        "CustomResourceDefinition",
        Trait.GENERATION,
        Trait.VERSIONED_UPDATES_ONLY);
    put(kinds, "apiregistration.k8s.io", "APIService", Trait.VERSIONED_UPDATES_ONLY);
    kinds.put(
        KindStrategies.key("", "Service"),
        new PlainStrategy(Set.of(Trait.CREATE_ON_UPDATE, Trait.ANSWERS_DELETED), NameRule.LABEL));
    return kinds;
  }

  private static void admission(Map<String, KindStrategy> kinds, String kind) {
    put(kinds, "admissionregistration.k8s.io", kind, Trait.GENERATION);
  }

  private static void put(
      Map<String, KindStrategy> kinds, String group, String kind, Trait... traits) {
    kinds.put(
        KindStrategies.key(group, kind), new PlainStrategy(Set.of(traits), NameRule.SUBDOMAIN));
  }
}
