package dev.sallyport.controllers.certificates;

import dev.sallyport.config.csr.CertificateRequest;
import dev.sallyport.config.csr.Usage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What each signer of the cluster takes. */
final class SignerRules {

  private static final List<String> NODES = List.of("system:nodes");
  private static final String NODE = "system:node:";

  private SignerRules() {}

  /** What is wrong with an approved request, or empty when its signer takes it. */
  static Optional<String> fault(SignerName signer, CertificateRequest request, Set<Usage> usages) {
    return switch (signer) {
      case KUBE_APISERVER_CLIENT -> clientUsages(usages);
      case KUBE_APISERVER_CLIENT_KUBELET -> kubeletClient(request, usages);
      case KUBELET_SERVING -> kubeletServing(request, usages);
      case LEGACY_UNKNOWN -> Optional.empty(); // anything goes, as ever
    };
  }

  private static Optional<String> clientUsages(Set<Usage> usages) {
    for (Usage usage : new TreeSet<>(usages)) {
      if (usage != Usage.CLIENT_AUTH
          && usage != Usage.DIGITAL_SIGNATURE
          && usage != Usage.KEY_ENCIPHERMENT) {
        return Optional.of("invalid usage for client certificate: " + usage.text());
      }
    }
    return usages.contains(Usage.CLIENT_AUTH)
        ? Optional.empty()
        : Optional.of("missing required usage for client certificate: client auth");
  }

  /** A kubelet's certificate as a client: a node's name, no alternative names. */
  static Optional<String> kubeletClient(CertificateRequest request, Set<Usage> usages) {
    if (!request.organizations().equals(NODES)) {
      return Optional.of("subject organization is not system:nodes");
    }
    if (request.asksForDnsNames()) {
      return Optional.of("DNS subjectAltNames are not allowed");
    }
    if (request.asksForEmailAddresses()) {
      return Optional.of("Email subjectAltNames are not allowed");
    }
    if (request.asksForIpAddresses()) {
      return Optional.of("IP subjectAltNames are not allowed");
    }
    if (request.asksForUris()) {
      return Optional.of("URI subjectAltNames are not allowed");
    }
    return nodeName(request).or(() -> usages(usages, Usage.CLIENT_AUTH));
  }

  private static Optional<String> kubeletServing(CertificateRequest request, Set<Usage> usages) {
    if (!request.organizations().equals(NODES)) {
      return Optional.of("subject organization is not system:nodes");
    }
    if (!request.asksForDnsNames() && !request.asksForIpAddresses()) {
      return Optional.of("DNS or IP subjectAltName is required");
    }
    if (request.asksForEmailAddresses()) {
      return Optional.of("Email subjectAltNames are not allowed");
    }
    if (request.asksForUris()) {
      return Optional.of("URI subjectAltNames are not allowed");
    }
    return usages(usages, Usage.SERVER_AUTH).or(() -> nodeName(request));
  }

  private static Optional<String> nodeName(CertificateRequest request) {
    return request.commonName().startsWith(NODE)
        ? Optional.empty()
        : Optional.of("subject common name does not begin with system:node:");
  }

  /** Key encipherment is for RSA keys only, so it may be left out. */
  private static Optional<String> usages(Set<Usage> usages, Usage purpose) {
    boolean exact =
        usages.equals(Set.of(Usage.DIGITAL_SIGNATURE, purpose))
            || usages.equals(Set.of(Usage.DIGITAL_SIGNATURE, Usage.KEY_ENCIPHERMENT, purpose));
    if (exact) {
      return Optional.empty();
    }
    String both = "digital signature key encipherment";
    return Optional.of(
        "usages did not match ["
            + (purpose == Usage.CLIENT_AUTH
                ? purpose.text() + " " + both
                : both + " " + purpose.text())
            + "]");
  }
}
