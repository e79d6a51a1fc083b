package dev.sallyport.resources.kinds.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.config.csr.CertificateRequest;
import dev.sallyport.config.csr.CertificateRequestException;
import dev.sallyport.config.csr.CertificateText;
import dev.sallyport.config.csr.Usage;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.NameRule;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/**
 * CertificateSigningRequests: who asks is noted by the server, what is asked never changes, the
 * approval changes nothing but conditions, and the status everything but the verdict.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/">Certificates
 *     and certificate signing requests</a>
 */
final class CertificateSigningRequestStrategy implements KindStrategy {

  private static final String LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
  private static final int LEAST_SECONDS = 600;
  private static final String CERTIFICATE = "certificate";

  @Override
  public NameRule nameRule() {
    return NameRule.PATH_SEGMENT;
  }

  @Override
  public void prepareCreate(ObjectNode object, UserInfo maker) {
    object.remove("status");
    ObjectNode spec = object.withObjectProperty("spec");
    spec.put("username", maker.name());
    spec.put("uid", maker.uid());
    ArrayNode groups = spec.putArray("groups");
    maker.groups().forEach(groups::add);
    ObjectNode extra = spec.putObject("extra");
    maker.extra().forEach((key, values) -> values.forEach(extra.withArrayProperty(key)::add));
  }

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.keep("spec", object, old);
    KindStrategy.keep("status", object, old);
  }

  @Override
  public void prepareSubresourceUpdate(
      String subresource, ObjectNode object, ObjectNode old, Instant now) {
    KindStrategy.keep("spec", object, old);
    if (subresource.equals("approval")) {
      KindStrategy.keep(CERTIFICATE, object.withObjectProperty("status"), status(old));
    } else {
      RequestConditions.keepVerdict(object, old);
    }
    RequestConditions.stamp(object, old, now);
  }

  private static ObjectNode status(ObjectNode object) {
    return object.path("status") instanceof ObjectNode status ? status : object.objectNode();
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode spec = object.path("spec");
    request(spec.path("request").asText(), faults);
    usages(spec.path("usages"), faults);
    String signer = spec.path("signerName").asText();
    if (signer.equals(LEGACY_SIGNER)) {
      faults.invalid(
          "spec.signerName", signer, "the legacy signerName is not allowed via this API version");
    } else {
      SignerNames.check("spec.signerName", signer, faults);
    }
    JsonNode seconds = spec.get("expirationSeconds");
    if (seconds != null && seconds.asLong() < LEAST_SECONDS) {
      faults.invalid(
          "spec.expirationSeconds",
          seconds.asLong(),
          "may not specify a duration less than 600 seconds (10 minutes)");
    }
    RequestConditions.check(object, faults);
    certificate(object.path("status").path(CERTIFICATE).asText(), faults);
  }

  private static void request(String base64, Faults faults) {
    try {
      CertificateRequest.parse(Base64.getDecoder().decode(base64));
    } catch (CertificateRequestException e) {
      faults.invalid("spec.request", base64, e.fault());
    }
  }

  private static void usages(JsonNode usages, Faults faults) {
    if (usages.isEmpty()) {
      faults.required("spec.usages", "");
    }
    for (int i = 0; i < usages.size(); i++) {
      String usage = usages.get(i).asText();
      if (Usage.of(usage) == null) {
        faults.unsupported("spec.usages[" + i + "]", usage, Usage.names().toArray(new String[0]));
      }
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < usages.size(); i++) {
      if (!seen.add(usages.get(i).asText())) {
        faults.duplicate("spec.usages[" + i + "]", usages.get(i).asText());
      }
    }
  }

  private static void certificate(String base64, Faults faults) {
    if (base64.isEmpty()) {
      return;
    }
    try {
      CertificateText.parse(Base64.getDecoder().decode(base64));
    } catch (CertificateRequestException e) {
      faults.invalid("status.certificate", "<certificate data>", e.fault());
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, String subresource, Faults faults) {
    RequestConditions.checkChange(object, old, subresource.equals("approval"), faults);
    String before = status(old).path(CERTIFICATE).asText();
    if (status(object).path(CERTIFICATE).asText().equals(before)) {
      return;
    }
    if (!subresource.equals("status")) {
      faults.forbidden("status.certificate", "updates may not set certificate content");
    } else if (!before.isEmpty()) {
      faults.forbidden("status.certificate", "updates may not modify existing certificate content");
    }
  }
}
