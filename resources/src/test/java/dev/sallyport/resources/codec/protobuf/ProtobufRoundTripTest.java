package dev.sallyport.resources.codec.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.codec.Encoders;
import dev.sallyport.resources.codec.RandomObjects;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.resources.schema.ProtobufFacts;
import dev.sallyport.resources.schema.SchemaTable;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtobufRoundTripTest {

  private final SchemaTable table = SchemaTable.builtIn();
  private final BuiltInSchemas schemas = new BuiltInSchemas();
  private final BuiltInCodec codec = new BuiltInCodec(schemas);
  private final AnswerEncoder encoder = Encoders.of(BodyFormat.PROTOBUF);
  private final ProtobufInput input = new ProtobufInput();

  @Test
  void everyKindComesBackAsItWent() {
    int checked = 0;
    for (GroupVersionKind kind : objectKinds()) {
      StructSchema schema = schemas.schema(kind);
      assertNotNull(schema);
      for (int seed = 0; seed < 4; seed++) {
        ObjectNode object = canonical(new RandomObjects(seed).object(kind, schema), kind);
        byte[] body = encoder.encode(codec.write(object));
        ObjectNode back =
            codec.decode(BodyFormat.PROTOBUF, body, kind, FieldValidation.STRICT).object();
        assertEquals(object, back, kind + " " + seed);
        checked++;
      }
    }
    assertTrue(checked > 400, "only " + checked);
  }

  @Test
  void thePublishedParserKnowsEveryField() throws Exception {
    ProtobufFacts facts = new ProtobufFacts(List.of());
    int checked = 0;
    for (GroupVersionKind kind : objectKinds()) {
      String type = table.typeOf(kind);
      StructSchema schema = schemas.schema(kind);
      assertNotNull(type);
      assertNotNull(schema);
      Descriptor descriptor = facts.message(type);
      if (descriptor != null) {
        ObjectNode object = canonical(new RandomObjects(7).object(kind, schema), kind);
        byte[] raw = input.open(encoder.encode(codec.write(object))).raw();
        checkNothingUnknown(DynamicMessage.parseFrom(descriptor, raw), kind.kind());
        checked++;
      }
    }
    assertTrue(checked > 100, "only " + checked);
  }

  /** All kinds but WatchEvent, which carries no kind of its own. */
  private List<GroupVersionKind> objectKinds() {
    return table.kinds().stream().filter(kind -> !kind.kind().equals("WatchEvent")).toList();
  }

  private static void checkNothingUnknown(Message message, String where) {
    assertTrue(message.getUnknownFields().asMap().isEmpty(), where);
    for (var field : message.getAllFields().entrySet()) {
      String path = where + "." + field.getKey().getName();
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (field.getValue() instanceof Collection<?> many) {
          many.forEach(one -> checkNothingUnknown((Message) one, path));
        } else {
          checkNothingUnknown((Message) field.getValue(), path);
        }
      }
    }
  }

  @Test
  void readsWhatThePublishedClassesWrite() throws Exception {
    V1.ConfigMap map =
        V1.ConfigMap.newBuilder()
            .setMetadata(
                Meta.ObjectMeta.newBuilder()
                    .setName("a")
                    .setNamespace("")
                    .setCreationTimestamp(Meta.Time.newBuilder())
                    .putLabels("l", "1"))
            .putData("k", "v")
            .putBinaryData("b", ByteString.copyFrom(new byte[] {1, 2}))
            .build();
    GroupVersionKind kind = new GroupVersionKind("", "v1", "ConfigMap");
    assertEquals(
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"labels\":{\"l\":\"1\"}},"
            + "\"data\":{\"k\":\"v\"},\"binaryData\":{\"b\":\"AQI=\"}}",
        decode(kind, enveloped(kind, map)));
  }

  @Test
  void embeddedStructsLieFlatInJson() throws Exception {
    V1.Pod pod =
        V1.Pod.newBuilder()
            .setSpec(
                V1.PodSpec.newBuilder()
                    .addVolumes(
                        V1.Volume.newBuilder()
                            .setName("v")
                            .setVolumeSource(
                                V1.VolumeSource.newBuilder()
                                    .setConfigMap(
                                        V1.ConfigMapVolumeSource.newBuilder()
                                            .setLocalObjectReference(
                                                V1.LocalObjectReference.newBuilder()
                                                    .setName("c")))))
                    .setHostNetwork(false)
                    .setAutomountServiceAccountToken(false))
            .build();
    GroupVersionKind kind = new GroupVersionKind("", "v1", "Pod");
    assertEquals(
        "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{},\"spec\":{\"volumes\":[{\"name\":\"v\","
            + "\"configMap\":{\"name\":\"c\"}}],\"containers\":null,\"automountServiceAccountToken\":false},"
            + "\"status\":{}}",
        decode(kind, enveloped(kind, pod)));
  }

  @Test
  void watchFramesCarryTheirLength() throws Exception {
    byte[] json =
        bytes("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}");
    byte[] frame = encoder.watchFrame("ADDED", json);
    int length =
        (frame[0] & 0xFF) << 24
            | (frame[1] & 0xFF) << 16
            | (frame[2] & 0xFF) << 8
            | (frame[3] & 0xFF);
    assertEquals(frame.length - 4, length);
    byte[] rest = Arrays.copyOfRange(frame, 4, frame.length);
    Meta.WatchEvent event = Meta.WatchEvent.parseFrom(rest);
    assertEquals("ADDED", event.getType());
    assertArrayEquals(encoder.encode(json), event.getObject().getRaw().toByteArray());
  }

  @Test
  void envelopesSayWhatTheyHold() throws Exception {
    byte[] json =
        bytes(
            "{\"kind\":\"RoleList\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":"
                + "{\"resourceVersion\":\"5\"},\"items\":[{\"metadata\":{\"name\":\"r\"},\"rules\":null}]}");
    byte[] body = encoder.encode(json);
    Runtime.Unknown unknown = Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
    assertEquals("rbac.authorization.k8s.io/v1", unknown.getTypeMeta().getApiVersion());
    assertEquals("RoleList", unknown.getTypeMeta().getKind());
  }

  @Test
  void discoveryHasAProtobufForm() {
    byte[] json =
        bytes("{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":[]}");
    ProtobufInput.Envelope envelope = input.open(encoder.encode(json));
    assertEquals(new GroupVersionKind("", "v1", "APIVersions"), envelope.kind());
    assertEquals("v1", input.object(envelope.kind(), envelope.raw()).at("/versions/0").asText());
  }

  @Test
  void kindsWithoutProtobufAreTold() {
    byte[] table = bytes("{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"rows\":[]}");
    assertEquals(
        406, assertThrows(StatusException.class, () -> encoder.encode(table)).status().code());
  }

  @Test
  void brokenBodiesAreRefused() {
    assertEquals(
        "the object provided is unrecognized (must be of type ConfigMap): provided data does not"
            + " appear to be a protobuf message, expected prefix [107 56 115 0] (6b3873)",
        refusal(bytes("k8s")));
    byte[] whole =
        encoder.encode(
            bytes("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":{\"kkkk\":\"vvvv\"}}"));
    for (int length = 5; length < whole.length - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        codec.decode(
            BodyFormat.PROTOBUF,
            cut,
            new GroupVersionKind("", "v1", "ConfigMap"),
            FieldValidation.STRICT);
      } catch (StatusException refused) {
        assertEquals(400, refused.status().code());
      }
    }
  }

  private String refusal(byte[] body) {
    return assertThrows(
            StatusException.class,
            () ->
                codec.decode(
                    BodyFormat.PROTOBUF,
                    body,
                    new GroupVersionKind("", "v1", "ConfigMap"),
                    FieldValidation.STRICT))
        .status()
        .message();
  }

  private ObjectNode canonical(ObjectNode object, GroupVersionKind kind) {
    return codec.canonicalize(object, kind, FieldValidation.STRICT).object();
  }

  private String decode(GroupVersionKind kind, byte[] body) {
    ObjectNode object =
        codec.decode(BodyFormat.PROTOBUF, body, kind, FieldValidation.STRICT).object();
    return new String(codec.write(object), StandardCharsets.UTF_8);
  }

  private static byte[] enveloped(GroupVersionKind kind, Message message) {
    byte[] unknown =
        Runtime.Unknown.newBuilder()
            .setTypeMeta(
                Runtime.TypeMeta.newBuilder().setApiVersion(kind.apiVersion()).setKind(kind.kind()))
            .setRaw(message.toByteString())
            .build()
            .toByteArray();
    byte[] body = new byte[unknown.length + 4];
    System.arraycopy(new byte[] {'k', '8', 's', 0}, 0, body, 0, 4);
    System.arraycopy(unknown, 0, body, 4, unknown.length);
    return body;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
