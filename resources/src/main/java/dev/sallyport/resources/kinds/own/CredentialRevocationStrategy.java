package dev.sallyport.resources.kinds.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import java.util.List;

/** CredentialRevocations: one credential, or all older ones of a user, called in for good. */
final class CredentialRevocationStrategy implements KindStrategy {
  private static final int SHA256_DIGITS = 64;
  private static final int MOST_SERIAL_DIGITS = 40;

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode spec = object.path("spec");
    List<String> named =
        List.of("certificate", "token", "user").stream().filter(spec::has).toList();
    if (named.size() != 1) {
      faults.invalid(
          "spec", String.join(", ", named), "must name exactly one of certificate, token, user");
      return;
    }
    switch (named.get(0)) {
      case "certificate" -> certificate(spec.path("certificate"), faults);
      case "token" -> required("spec.token.id", spec.path("token").path("id"), faults);
      default -> user(spec.path("user"), faults);
    }
  }

  private static void certificate(JsonNode certificate, Faults faults) {
    String sha256 = certificate.path("sha256").asText();
    String serial = certificate.path("serialNumber").asText();
    if (sha256.isEmpty() == serial.isEmpty()) {
      faults.invalid(
          "spec.certificate", sha256, "must name exactly one of sha256 and serialNumber");
    } else if (!sha256.isEmpty()) {
      digits("spec.certificate.sha256", sha256, SHA256_DIGITS, SHA256_DIGITS, faults);
    } else {
      digits("spec.certificate.serialNumber", serial, 1, MOST_SERIAL_DIGITS, faults);
    }
  }

  private static void user(JsonNode user, Faults faults) {
    required("spec.user.name", user.path("name"), faults);
    // A time that was not sent stands in the object as null, whose text is "null".
    if (!user.path("issuedBefore").isTextual()) {
      faults.required("spec.user.issuedBefore", "credentials issued before it are refused");
    }
  }

  private static void required(String path, JsonNode value, Faults faults) {
    if (value.asText().isEmpty()) {
      faults.required(path, "");
    }
  }

  private static void digits(String path, String text, int least, int most, Faults faults) {
    String digits = CredentialRevocationSpec.hex(text);
    boolean hex = digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    if (!hex || digits.length() < least || digits.length() > most) {
      String length = least == most ? least + "" : least + " to " + most;
      faults.invalid(path, text, "must be " + length + " hexadecimal digits");
    }
  }
}
