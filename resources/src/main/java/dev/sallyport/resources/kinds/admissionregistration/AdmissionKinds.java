package dev.sallyport.resources.kinds.admissionregistration;

import dev.sallyport.resources.kinds.KindTable;

/** The kinds of admissionregistration.k8s.io. */
public final class AdmissionKinds {

  private static final String GROUP = "admissionregistration.k8s.io";

  private AdmissionKinds() {}

  public static void addTo(KindTable kinds) {
    kinds.put(GROUP, "ValidatingWebhookConfiguration", new WebhookStrategy(false));
    kinds.put(GROUP, "MutatingWebhookConfiguration", new WebhookStrategy(true));
    kinds.put(GROUP, "ValidatingAdmissionPolicy", new ValidatingPolicyStrategy());
    kinds.put(GROUP, "ValidatingAdmissionPolicyBinding", new PolicyBindingStrategy(true));
    kinds.put(GROUP, "MutatingAdmissionPolicy", new MutatingPolicyStrategy());
    kinds.put(GROUP, "MutatingAdmissionPolicyBinding", new PolicyBindingStrategy(false));
  }
}
