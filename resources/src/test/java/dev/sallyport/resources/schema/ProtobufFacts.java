package dev.sallyport.resources.schema;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Field numbers by type and JSON name, from the published protobuf descriptors. */
public final class ProtobufFacts {

  private static final List<FileDescriptor> FILES =
      List.of(
          IntStr.getDescriptor(),
          Meta.getDescriptor(),
          Resource.getDescriptor(),
          Runtime.getDescriptor(),
          V1.getDescriptor(),
          V1Admissionregistration.getDescriptor(),
          V1Apiextensions.getDescriptor(),
          V1Apps.getDescriptor(),
          V1Authentication.getDescriptor(),
          V1Authorization.getDescriptor(),
          V1Autoscaling.getDescriptor(),
          V1Batch.getDescriptor(),
          V1Certificates.getDescriptor(),
          V1Coordination.getDescriptor(),
          V1Discovery.getDescriptor(),
          V1Events.getDescriptor(),
          V1Flowcontrol.getDescriptor(),
          V1Networking.getDescriptor(),
          V1Node.getDescriptor(),
          V1Policy.getDescriptor(),
          V1Rbac.getDescriptor(),
          V1Resource.getDescriptor(),
          V1Scheduling.getDescriptor(),
          V1Storage.getDescriptor(),
          V2Autoscaling.getDescriptor());

  private final Map<String, Descriptor> messages = new HashMap<>();
  private final Map<String, String> extra = new HashMap<>();

  public ProtobufFacts(List<String> extraLines) {
    for (FileDescriptor file : FILES) {
      file.getMessageTypes().forEach(type -> messages.put(type.getFullName(), type));
    }
    for (String line : extraLines) {
      String[] words = line.split(" ");
      for (int i = 1; i < words.length; i++) {
        int equals = words[i].indexOf('=');
        extra.put(words[0] + " " + words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
  }

  /** The message of a type as OpenAPI names it, or null. */
  public @Nullable Descriptor message(String type) {
    return messages.get(
        type.replace("io.k8s.", "k8s.io.")
            .replace("apiextensions-apiserver", "apiextensions_apiserver"));
  }

  /**
   * Where a field stands: its number, numbers joined by dots where an embedded struct is a message
   * of its own, or "-" when protobuf does not carry it.
   */
  String path(String type, String jsonName) {
    Descriptor message = message(type);
    if (message == null) {
      return extra.getOrDefault(SchemaTableGenerator.shortName(type) + " " + jsonName, "-");
    }
    return path(message, jsonName);
  }

  private static String path(Descriptor message, String jsonName) {
    FieldDescriptor direct = field(message, jsonName);
    if (direct != null) {
      return Integer.toString(direct.getNumber());
    }
    for (FieldDescriptor outer : message.getFields()) {
      boolean single =
          outer.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !outer.isRepeated();
      if (single && EMBEDDED.contains(outer.getMessageType().getName())) {
        String inner = path(outer.getMessageType(), jsonName);
        if (!inner.equals("-")) {
          return outer.getNumber() + "." + inner;
        }
      }
    }
    return "-";
  }

  /** Messages that Go embeds, so that their fields stand in the outer object's JSON. */
  private static final List<String> EMBEDDED =
      List.of(
          "LocalObjectReference",
          "EphemeralContainerCommon",
          "VolumeSource",
          "PersistentVolumeSource",
          "ProbeHandler",
          "IngressRuleValue",
          "DeviceConfiguration",
          "RuleWithOperations",
          "Rule");

  private static @Nullable FieldDescriptor field(Descriptor message, String jsonName) {
    String wanted = normal(jsonName);
    for (FieldDescriptor field : message.getFields()) {
      if (normal(field.getName()).equals(wanted)) {
        return field;
      }
    }
    return null;
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
