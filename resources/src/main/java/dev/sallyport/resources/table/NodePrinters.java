package dev.sallyport.resources.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Nodes. */
final class NodePrinters {

  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

  private NodePrinters() {}

  static void register(Printers printers) {
    printers.add(
        "",
        "Node",
        new Printer(
            List.of(
                Column.NAME,
                Column.text("Status", "Whether the node is ready and takes pods"),
                Column.text("Roles", "What the node is for"),
                Column.AGE,
                Column.text("Version", "The kubelet's version"),
                Column.wide("Internal-IP", "The address inside the cluster"),
                Column.wide("External-IP", "The address from outside"),
                Column.wide("OS-Image", "The operating system"),
                Column.wide("Kernel-Version", "The kernel's version"),
                Column.wide("Container-Runtime", "The container runtime and its version")),
            NodePrinters::fill));
  }

  private static void fill(JsonNode node, Cells cells) {
    JsonNode status = node.path("status");
    JsonNode info = status.path("nodeInfo");
    cells
        .text(Printer.name(node))
        .text(status(node))
        .textOrNone(roles(node.path("metadata").path("labels")))
        .age(Printer.created(node))
        .text(info.path("kubeletVersion").asText())
        .textOrNone(address(status, "InternalIP"))
        .textOrNone(address(status, "ExternalIP"))
        .text(known(info.path("osImage").asText()))
        .text(known(info.path("kernelVersion").asText()))
        .text(known(info.path("containerRuntimeVersion").asText()));
  }

  private static String known(String text) {
    return text.isEmpty() ? "<unknown>" : text;
  }

  private static String status(JsonNode node) {
    String status = "Unknown";
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        status = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
      }
    }
    return node.path("spec").path("unschedulable").asBoolean()
        ? status + ",SchedulingDisabled"
        : status;
  }

  private static String roles(JsonNode labels) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      if (label.getKey().startsWith(ROLE_PREFIX)) {
        Texts.append(text, label.getKey().substring(ROLE_PREFIX.length()));
      } else if (label.getKey().equals("kubernetes.io/role")) {
        Texts.append(text, label.getValue().asText());
      }
    }
    return text.toString();
  }

  private static String address(JsonNode status, String type) {
    for (JsonNode address : status.path("addresses")) {
      if (address.path("type").asText().equals(type)) {
        return address.path("address").asText();
      }
    }
    return "";
  }
}
