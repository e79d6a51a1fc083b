package dev.sallyport.resources.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltInCodecTest {

  private static final GroupVersionKind CONFIG_MAP = new GroupVersionKind("", "v1", "ConfigMap");
  private static final GroupVersionKind SECRET = new GroupVersionKind("", "v1", "Secret");
  private static final GroupVersionKind ROLE =
      new GroupVersionKind("rbac.authorization.k8s.io", "v1", "Role");
  private static final GroupVersionKind DEPLOYMENT =
      new GroupVersionKind("apps", "v1", "Deployment");
  private static final GroupVersionKind POD = new GroupVersionKind("", "v1", "Pod");
  private static final GroupVersionKind DELETE_OPTIONS =
      new GroupVersionKind("", "v1", "DeleteOptions");

  private final ObjectCodec codec = new BuiltInCodec(new BuiltInSchemas());
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();

  @Test
  void readsAnObjectAsItStands() {
    String json =
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}";
    assertEquals(json, decode(CONFIG_MAP, json));
  }

  @Test
  void putsKindAndVersionInAndFirst() {
    assertEquals(
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}",
        decode(CONFIG_MAP, "{\"metadata\":{\"name\":\"a\"},\"data\":{}}"));
  }

  @Test
  void nullIsAnEmptyObject() {
    assertEquals(
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{}}",
        decode(CONFIG_MAP, "null"));
  }

  @Test
  void dropsEmptyValuesButKeepsPointers() {
    assertEquals(
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{},\"immutable\":false}",
        decode(
            CONFIG_MAP,
            "{\"metadata\":{\"labels\":{},\"generation\":0,\"finalizers\":[]},"
                + "\"data\":{},\"immutable\":false}"));
  }

  @Test
  void writesWhatGoNeverLeavesOut() {
    assertEquals(
        "{\"kind\":\"Role\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{\"name\":\"r\"},"
            + "\"rules\":null}",
        decode(ROLE, "{\"metadata\":{\"name\":\"r\"}}"));
    assertEquals(
        "{\"kind\":\"Deployment\",\"apiVersion\":\"apps/v1\",\"metadata\":{},\"spec\":{\"selector\":null,"
            + "\"template\":{\"metadata\":{},\"spec\":{\"containers\":null}},\"strategy\":{}},\"status\":{}}",
        decode(DEPLOYMENT, "{}"));
  }

  @Test
  void normalisesQuantitiesAndTimes() {
    String pod =
        decode(
            POD,
            "{\"metadata\":{\"creationTimestamp\":\"2026-01-02T03:04:05.678+01:00\"},\"spec\":{\"containers\":[{"
                + "\"name\":\"c\",\"resources\":{\"limits\":{\"cpu\":\"1000m\",\"memory\":0.5}}}]}}");
    assertTrue(pod.contains("\"creationTimestamp\":\"2026-01-02T02:04:05Z\""), pod);
    assertTrue(pod.contains("\"limits\":{\"cpu\":\"1\",\"memory\":\"500m\"}"), pod);
  }

  @Test
  void unknownFieldWarnsByDefault() {
    ObjectCodec.Decoded decoded =
        codec.decode(BodyFormat.JSON, bytes("{\"nope\":1}"), CONFIG_MAP, FieldValidation.WARN);
    assertEquals(List.of("unknown field \"nope\""), decoded.warnings());
    assertFalse(decoded.object().has("nope"));
  }

  @Test
  void unknownFieldIsRefusedStrictly() {
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown"
            + " field \"nope\"",
        refusal(CONFIG_MAP, "{\"nope\":1}"));
    assertEquals(
        "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown field"
            + " \"spec.containers[0].x\", duplicate field \"spec.containers[0].name\"",
        refusal(
            POD,
            "{\"spec\":{\"containers\":[{\"x\":{\"y\":[1]},\"name\":\"a\",\"name\":\"b\"}]}}"));
  }

  @Test
  void caseOfNamesCounts() {
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown"
            + " field \"Metadata\"",
        refusal(CONFIG_MAP, "{\"Metadata\":{}}"));
  }

  @Test
  void ofDoubledFieldsTheLastCounts() {
    ObjectCodec.Decoded decoded =
        codec.decode(
            BodyFormat.JSON,
            bytes("{\"metadata\":{\"name\":\"dup\",\"name\":\"dup2\"}}"),
            CONFIG_MAP,
            FieldValidation.WARN);
    assertEquals(List.of("duplicate field \"metadata.name\""), decoded.warnings());
    assertEquals("dup2", decoded.object().at("/metadata/name").asText());
  }

  @Test
  void wrongTypesAreNamedAsGoNamesThem() {
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal number"
            + " into Go struct field ConfigMap.data of type string",
        refusal(CONFIG_MAP, "{\"data\":{\"a\":1}}"));
    assertEquals(
        "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal string"
            + " into Go struct field DeploymentSpec.spec.replicas of type int32",
        refusal(DEPLOYMENT, "{\"spec\":{\"replicas\":\"1\"}}"));
    assertEquals(
        "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot unmarshal number"
            + " 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32",
        refusal(DEPLOYMENT, "{\"spec\":{\"replicas\":3000000000}}"));
    assertEquals(
        "Pod in version \"v1\" cannot be handled as a Pod: json: cannot unmarshal bool into Go struct"
            + " field EnvVar.spec.containers.env.value of type string",
        refusal(POD, "{\"spec\":{\"containers\":[{\"env\":[{\"name\":\"a\",\"value\":true}]}]}}"));
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: json: cannot unmarshal string"
            + " into Go struct field ConfigMap.metadata of type v1.ObjectMeta",
        refusal(CONFIG_MAP, "{\"metadata\":\"a\"}"));
  }

  @Test
  void base64FaultsNameTheByte() {
    assertEquals(
        "Secret in version \"v1\" cannot be handled as a Secret: illegal base64 data at input byte 3",
        refusal(SECRET, "{\"data\":{\"q\":\"not base64!\"}}"));
  }

  @Test
  void anotherKindIsRefused() {
    assertEquals(
        "Secret in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Secret) to"
            + " (core.ConfigMap): unknown conversion",
        refusal(CONFIG_MAP, "{\"apiVersion\":\"v1\",\"kind\":\"Secret\"}"));
    assertEquals(
        "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: no kind \"ConfigMap\" is"
            + " registered for version \"apps/v1\" in scheme \"pkg/runtime/scheme.go:111\"",
        refusal(CONFIG_MAP, "{\"apiVersion\":\"apps/v1\",\"kind\":\"ConfigMap\"}"));
    assertEquals(
        "the API version in the data (events.k8s.io/v1) does not match the expected API version (v1)",
        refusal(
            new GroupVersionKind("", "v1", "Event"),
            "{\"apiVersion\":\"events.k8s.io/v1\",\"kind\":\"Event\"}"));
  }

  @Test
  void optionsOfADeletionMayNameAnyGroup() {
    String json =
        decode(
            DELETE_OPTIONS,
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"DeleteOptions\",\"gracePeriodSeconds\":0}");
    assertEquals(
        "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\",\"gracePeriodSeconds\":0}", json);
  }

  @Test
  void brokenJsonIsUnrecognized() {
    assertEquals(
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind;"
            + " json parse error: unexpected end of JSON input ({)",
        refusal(CONFIG_MAP, "{"));
    assertEquals(
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind;"
            + " json parse error: unexpected end of JSON input (<empty>)",
        refusal(CONFIG_MAP, ""));
    assertEquals(
        "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind;"
            + " json parse error: invalid character '{' after top-level value ({}{})",
        refusal(CONFIG_MAP, "{}{}"));
    assertTrue(refusal(CONFIG_MAP, "[]").contains("cannot unmarshal array into Go value"));
    assertTrue(refusal(CONFIG_MAP, "{\"metadata\":NaN}").contains("invalid character 'N'"));
  }

  @Test
  void brokenTextIsRefused() {
    assertTrue(refusal(CONFIG_MAP, "{\"data\":{\"a\":\"\\ud800\"}}").contains("surrogate"));
    byte[] latin = "{\"data\":{\"a\":\"\u00e4\"}}".getBytes(StandardCharsets.ISO_8859_1);
    StatusException refused =
        assertThrows(
            StatusException.class,
            () -> codec.decode(BodyFormat.JSON, latin, CONFIG_MAP, FieldValidation.IGNORE));
    assertEquals(400, refused.status().code());
    assertEquals(400, status("\ufeff{}"));
  }

  @Test
  void depthIsLimited() {
    assertTrue(
        refusal(CONFIG_MAP, "{\"x\":" + "[".repeat(10_001) + "]".repeat(10_001) + "}")
            .contains("exceeded max depth"));
  }

  @Test
  void keysOfEqualHashesAreKeysLikeOthers() {
    StringBuilder json = new StringBuilder("{\"data\":{\"k\":\"\"");
    for (int i = 0; i < 1 << 15; i++) {
      json.append(",\"");
      for (int bit = 0; bit < 15; bit++) {
        json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      json.append("\":\"\"");
    }
    ObjectNode object =
        codec
            .decode(
                BodyFormat.JSON,
                bytes(json.append("}}").toString()),
                CONFIG_MAP,
                FieldValidation.STRICT)
            .object();
    assertEquals((1 << 15) + 1, object.path("data").size());
  }

  @Test
  void tooLargeABodyIs413() {
    assertEquals(413, status(" ".repeat(3 * 1024 * 1024 + 1)));
  }

  @Test
  void readsYaml() {
    ObjectCodec.Decoded decoded =
        codec.decode(
            BodyFormat.YAML,
            bytes("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yam\ndata:\n  k: v\n"),
            CONFIG_MAP,
            FieldValidation.STRICT);
    assertEquals("yam", decoded.object().at("/metadata/name").asText());
    assertEquals("v", decoded.object().at("/data/k").asText());
  }

  @Test
  void draftsSplitWhereTheStoreSplices() {
    ResourceDefinition definition = catalogue.find("", "v1", "configmaps");
    assertNotNull(definition);
    ObjectNode object =
        codec.read(
            bytes(
                "{\"data\":{\"k\":\"v\"},\"metadata\":{\"labels\":{\"a\":\"b\"},\"resourceVersion\":\"7\","
                    + "\"uid\":\"u\",\"namespace\":\"ns\",\"name\":\"n\"},\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}"));
    Draft draft = codec.draft(definition, object);
    String json = text(draft.json());
    assertEquals(
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"n\",\"namespace\":\"ns\","
            + "\"uid\":\"u\",\"labels\":{\"a\":\"b\"}},\"data\":{\"k\":\"v\"}}",
        json);
    assertEquals("\"metadata\":", json.substring(draft.headLength(), draft.headLength() + 11));
    assertTrue(json.substring(draft.revisionOffset()).startsWith(",\"labels\""));
    assertEquals("u", draft.uid());
    assertEquals(Map.of("a", "b"), draft.labels());
    assertEquals(Map.of("metadata.name", "n", "metadata.namespace", "ns"), draft.fields());
    Draft again = codec.index(definition, new Key("configmaps", "ns", "n"), draft.json());
    assertEquals(json, text(again.json()));
    assertEquals(draft.revisionOffset(), again.revisionOffset());
  }

  @Test
  void draftsCarrySelectableFields() {
    ResourceDefinition pods = catalogue.find("", "v1", "pods");
    assertNotNull(pods);
    ObjectNode pod =
        codec.read(
            bytes(
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"n1\"},\"status\":{\"phase\":\"Running\"}}"));
    Map<String, String> fields = codec.draft(pods, pod).fields();
    assertEquals("n1", fields.get("spec.nodeName"));
    assertEquals("Running", fields.get("status.phase"));
    assertEquals("false", fields.get("spec.hostNetwork"));
    assertEquals("", fields.get("status.podIP"));
  }

  @Test
  void storedRowsMustBeWhatTheirKeySays() {
    ResourceDefinition definition = catalogue.find("", "v1", "configmaps");
    assertNotNull(definition);
    Key key = new Key("configmaps", "ns", "n");
    byte[] other = bytes("{\"metadata\":{\"name\":\"m\",\"namespace\":\"ns\"}}");
    assertThrows(IllegalArgumentException.class, () -> codec.index(definition, key, other));
    assertThrows(IllegalArgumentException.class, () -> codec.index(definition, key, bytes("[1]")));
    assertThrows(IllegalArgumentException.class, () -> codec.index(definition, key, bytes("{\"a")));
  }

  @Test
  void namesTheKindOfABody() {
    assertEquals(
        SECRET,
        codec.peekKind(BodyFormat.JSON, bytes("{\"kind\":\"Secret\",\"apiVersion\":\"v1\"}")));
    assertEquals(
        new GroupVersionKind("", "", ""), codec.peekKind(BodyFormat.YAML, bytes("a: b\n")));
  }

  private String decode(GroupVersionKind kind, String json) {
    ObjectCodec.Decoded decoded =
        codec.decode(BodyFormat.JSON, bytes(json), kind, FieldValidation.STRICT);
    assertEquals(decoded.object(), codec.read(codec.write(decoded.object())));
    return text(codec.write(decoded.object()));
  }

  private String refusal(GroupVersionKind kind, String json) {
    StatusException refused =
        assertThrows(
            StatusException.class,
            () -> codec.decode(BodyFormat.JSON, bytes(json), kind, FieldValidation.STRICT));
    assertEquals(400, refused.status().code());
    assertEquals("BadRequest", refused.status().reason());
    return refused.status().message();
  }

  private int status(String json) {
    return assertThrows(
            StatusException.class,
            () -> codec.decode(BodyFormat.JSON, bytes(json), CONFIG_MAP, FieldValidation.WARN))
        .status()
        .code();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
