package dev.sallyport.controllers.certificates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.config.csr.CertificateRequest;
import dev.sallyport.config.csr.CertificateRequestException;
import dev.sallyport.config.csr.Usage;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CertificateSigningRequest, read.
 *
 * @param json not to be changed
 */
record RequestObject(JsonNode json) {

  static final ResourceId RESOURCE =
      new ResourceId("certificates.k8s.io", "certificatesigningrequests");

  static final String APPROVED = "Approved";
  static final String DENIED = "Denied";
  static final String FAILED = "Failed";

  String name() {
    return json.path("metadata").path("name").asText();
  }

  String uid() {
    return json.path("metadata").path("uid").asText();
  }

  String signerName() {
    return json.path("spec").path("signerName").asText();
  }

  JsonNode conditions() {
    return json.path("status").path("conditions");
  }

  /** Whether there is a condition of the type; such conditions are only ever true. */
  boolean is(String type) {
    for (JsonNode condition : conditions()) {
      if (condition.path("type").asText().equals(type)) {
        return true;
      }
    }
    return false;
  }

  boolean judged() {
    return is(APPROVED) || is(DENIED);
  }

  /** The issued certificate as base64; "" before it is issued. */
  String certificate() {
    return json.path("status").path("certificate").asText();
  }

  CertificateRequest request() throws CertificateRequestException {
    return CertificateRequest.parse(
        Base64.getDecoder().decode(json.path("spec").path("request").asText()));
  }

  /** The usages, all of which are known: others are not let in. */
  Set<Usage> usages() {
    Set<Usage> usages = EnumSet.noneOf(Usage.class);
    for (JsonNode each : json.path("spec").path("usages")) {
      Usage usage = Usage.of(each.asText());
      if (usage != null) {
        usages.add(usage);
      }
    }
    return usages;
  }

  /** Who asked. */
  UserInfo requester() {
    JsonNode spec = json.path("spec");
    Map<String, List<String>> extra = new HashMap<>();
    spec.path("extra")
        .properties()
        .forEach(entry -> extra.put(entry.getKey(), texts(entry.getValue())));
    return new UserInfo(
        spec.path("username").asText(),
        spec.path("uid").asText(),
        texts(spec.path("groups")),
        extra);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** A copy with one more condition, which is true. The server fills in its times. */
  static ObjectNode with(ObjectNode object, String type, String reason, String message) {
    ObjectNode changed = object.deepCopy();
    changed
        .withObjectProperty("status")
        .withArrayProperty("conditions")
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("reason", reason)
        .put("message", message);
    return changed;
  }
}
