package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Bindings of roles, and certificate signing requests. Roles themselves are shown plainly. */
final class AccessPrinters {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private AccessPrinters() {}

  static void register(Printers printers) {
    Printer binding =
        new Printer(
            List.of(
                Column.NAME,
                Column.text("Role", "The role that is bound"),
                Column.AGE,
                Column.wide("Users", "The users it is bound to"),
                Column.wide("Groups", "The groups it is bound to"),
                Column.wide("ServiceAccounts", "The service accounts it is bound to")),
            AccessPrinters::fillBinding);
    printers.add(RBAC, "RoleBinding", binding);
    printers.add(RBAC, "ClusterRoleBinding", binding);
    printers.add(
        "certificates.k8s.io",
        "CertificateSigningRequest",
        new Printer(
            List.of(
                Column.NAME,
                Column.AGE,
                Column.text("SignerName", "Who is to sign"),
                Column.text("Requestor", "Who asked"),
                Column.text("RequestedDuration", "How long the certificate should be valid"),
                Column.text("Condition", "Whether it is approved and issued")),
            AccessPrinters::fillRequest));
  }

  private static void fillBinding(JsonNode binding, Cells cells) {
    JsonNode role = binding.path("roleRef");
    cells
        .text(Printer.name(binding))
        .text(role.path("kind").asText() + "/" + role.path("name").asText())
        .age(Printer.created(binding))
        .text(subjects(binding, "User"))
        .text(subjects(binding, "Group"))
        .text(subjects(binding, "ServiceAccount"));
  }

  private static String subjects(JsonNode binding, String kind) {
    StringBuilder text = new StringBuilder();
    for (JsonNode subject : binding.path("subjects")) {
      if (subject.path("kind").asText().equals(kind)) {
        String name = subject.path("name").asText();
        boolean account = kind.equals("ServiceAccount");
        text.append(text.isEmpty() ? "" : ", ");
        text.append(account ? subject.path("namespace").asText() + "/" + name : name);
      }
    }
    return text.toString();
  }

  private static void fillRequest(JsonNode request, Cells cells) {
    JsonNode spec = request.path("spec");
    JsonNode seconds = spec.path("expirationSeconds");
    cells
        .text(Printer.name(request))
        .age(Printer.created(request))
        .textOrNone(spec.path("signerName").asText())
        .text(spec.path("username").asText())
        .text(seconds.isNumber() ? Age.of(seconds.asLong()) : Cells.NONE)
        .text(condition(request.path("status")));
  }

  private static String condition(JsonNode status) {
    boolean approved = false;
    boolean denied = false;
    boolean failed = false;
    for (JsonNode condition : status.path("conditions")) {
      switch (condition.path("type").asText()) {
        case "Approved" -> approved = true;
        case "Denied" -> denied = true;
        case "Failed" -> failed = true;
        default -> {}
      }
    }
    StringBuilder text = new StringBuilder(denied ? "Denied" : approved ? "Approved" : "Pending");
    if (failed) {
      text.append(",Failed");
    }
    if (!status.path("certificate").asText().isEmpty()) {
      text.append(",Issued");
    }
    return text.toString();
  }
}
