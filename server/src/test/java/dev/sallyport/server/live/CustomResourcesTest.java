package dev.sallyport.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.config.pem.PemWriter;
import dev.sallyport.config.pki.CertificateAuthority;
import dev.sallyport.server.live.LiveServer.Reply;
import dev.sallyport.webhook.stub.StubReply;
import dev.sallyport.webhook.stub.StubServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds that are defined, used, changed and deleted at a running server. */
final class CustomResourcesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final CertificateAuthority CA = StubServer.authority("ca");
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String V1 = "/apis/x.example/v1/namespaces/default/widgets";
  private static final String V2 = "/apis/x.example/v2/namespaces/default/widgets";

  @TempDir Path folder;
  private LiveServer server;

  @BeforeEach
  void start() throws Exception {
    server = LiveServer.start(folder, "");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Reply send(String method, String path, String body) throws Exception {
    return server.json("master", method, path, body);
  }

  private JsonNode sent(int status, String method, String path, String body) throws Exception {
    Reply reply = send(method, path, body);
    assertEquals(status, reply.status(), reply.body());
    return MAPPER.readTree(reply.body());
  }

  private JsonNode read(String path) throws Exception {
    return sent(200, "GET", path, "");
  }

  /** Asks until the answer is as it should be, or for too long. */
  private Reply until(String path, Predicate<Reply> good) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Reply reply = send("GET", path, "");
    while (!good.test(reply)) {
      assertTrue(System.nanoTime() < end, reply.body());
      reply = send("GET", path, "");
    }
    return reply;
  }

  private static String version(String name, boolean storage, String more) {
    return """
        {'name':'%s','served':true,'storage':%s,%s'schema':{'openAPIV3Schema':{'type':'object',
          'properties':{
            'spec':{'type':'object','properties':{
              'size':{'type':'integer'},'color':{'type':'string','default':'red'},
              'replicas':{'type':'integer'}}},
            'status':{'type':'object','properties':{
              'ready':{'type':'boolean'},'replicas':{'type':'integer'}}}}}}}"""
        .formatted(name, storage, more);
  }

  private static String definition(String plural, String kind, String more, String... versions) {
    return """
        {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
         'metadata':{'name':'%s.x.example'},
         'spec':{'group':'x.example','scope':'Namespaced',%s
           'names':{'plural':'%s','kind':'%s','shortNames':['wd']},'versions':[%s]}}"""
        .formatted(plural, more, plural, kind, String.join(",", versions));
  }

  private void define(String definition) throws Exception {
    String name = sent(201, "POST", DEFINITIONS, definition).at("/metadata/name").asText();
    until(DEFINITIONS + "/" + name, reply -> reply.body().contains("\"InitialNamesAccepted\""));
  }

  private static String widget(String version, String name, String spec) {
    return "{'apiVersion':'x.example/%s','kind':'Widget','metadata':{'name':'%s'},'spec':{%s}}"
        .formatted(version, name, spec);
  }

  @Test
  void establishedKindIsServedAtOnce() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));

    JsonNode made = sent(201, "POST", V1, widget("v1", "a", "'size':3,'zz':1"));
    assertEquals("red", made.at("/spec/color").asText());
    assertFalse(made.at("/spec").has("zz"));
    assertEquals(1, made.at("/metadata/generation").asInt());
    JsonNode list = read(V1);
    assertEquals("WidgetList", list.path("kind").asText());
    assertEquals("Widget", list.at("/items/0/kind").asText());
    assertEquals("x.example/v1", list.at("/items/0/apiVersion").asText());
    JsonNode index = read("/openapi/v3").path("paths").path("apis/x.example/v1");
    JsonNode document = read(index.path("serverRelativeURL").asText());
    assertTrue(document.at("/components/schemas").has("example.x.v1.Widget"));
    assertTrue(document.path("paths").has("/apis/x.example/v1/namespaces/{namespace}/widgets"));
  }

  @Test
  void statusAndScaleAreWrittenApart() throws Exception {
    String subresources =
        "'subresources':{'status':{},'scale':{'specReplicasPath':'.spec.replicas',"
            + "'statusReplicasPath':'.status.replicas'}},";
    define(definition("widgets", "Widget", "", version("v1", true, subresources)));
    sent(201, "POST", V1, widget("v1", "a", "'replicas':1"));

    sent(200, "PATCH", V1 + "/a/status", "{'status':{'ready':true},'spec':{'replicas':9}}");
    sent(200, "PATCH", V1 + "/a", "{'status':{'ready':false},'spec':{'size':1}}");
    JsonNode scale = sent(200, "PATCH", V1 + "/a/scale", "{'spec':{'replicas':5}}");
    JsonNode widget = read(V1 + "/a");
    assertTrue(widget.at("/status/ready").asBoolean());
    assertEquals(5, widget.at("/spec/replicas").asInt());
    assertEquals(3, widget.at("/metadata/generation").asInt());
    assertEquals("Scale", scale.path("kind").asText());
    assertEquals("autoscaling/v1", scale.path("apiVersion").asText());
  }

  @Test
  void statusCountsAsContentWithoutItsSubresource() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(201, "POST", V1, widget("v1", "a", "'size':1"));

    JsonNode changed = sent(200, "PATCH", V1 + "/a", "{'status':{'ready':true}}");
    assertEquals(2, changed.at("/metadata/generation").asInt());
    assertEquals(404, send("GET", V1 + "/a/status", "").status());
  }

  @Test
  void oneVersionIsStoredAndAllAreServed() throws Exception {
    define(
        definition(
            "widgets",
            "Widget",
            "",
            version("v1", false, "'deprecated':true,"),
            version("v2", true, "'selectableFields':[{'jsonPath':'.spec.color'}],")));
    Reply made = send("POST", V1, widget("v1", "a", "'size':1").replace('\'', '"'));
    assertEquals(201, made.status(), made.body());
    assertTrue(made.head().contains("x.example/v1 Widget is deprecated; use x.example/v2 Widget"));

    assertEquals("x.example/v1", read(V1 + "/a").path("apiVersion").asText());
    assertEquals("x.example/v2", read(V2 + "/a").path("apiVersion").asText());
    assertEquals(1, read(V2 + "?fieldSelector=spec.color%3Dred").path("items").size());
    assertEquals(0, read(V2 + "?fieldSelector=spec.color%3Dblue").path("items").size());
    assertEquals(400, send("GET", V1 + "?fieldSelector=spec.color%3Dred", "").status());
    JsonNode group = read("/apis/x.example");
    assertEquals("v2", group.at("/preferredVersion/version").asText());
  }

  @Test
  void webhookConvertsBetweenVersions() throws Exception {
    try (StubServer hook = StubServer.start(StubServer.certificate(CA), converting("label"))) {
      define(
          definition(
              "widgets",
              "Widget",
              webhook(hook),
              version("v1", true, ""),
              version("v2", false, "")));
      sent(201, "POST", V2, widget("v2", "a", "'size':1"));
      sent(201, "POST", V1, widget("v1", "b", "'size':2"));

      JsonNode list = read(V2);
      assertEquals("x.example/v2", list.at("/items/0/apiVersion").asText());
      assertEquals("x.example/v2", list.at("/items/1/apiVersion").asText());
      JsonNode converted = read(V2 + "/b");
      assertEquals("v2", converted.at("/metadata/labels/converted").asText());
      assertEquals(2, converted.at("/spec/size").asInt());
      sent(200, "PATCH", V2 + "/b", "{'spec':{'size':4}}");
      assertEquals(4, read(V1 + "/b").at("/spec/size").asInt());
      assertEquals(200, send("DELETE", V2 + "/a", "").status());

      hook.reply(converting("name"));
      JsonNode refusal = sent(500, "GET", V2 + "/b", "");
      assertTrue(
          refusal.path("message").asText().contains("must have the same metadata.name"),
          refusal.toString());
      hook.reply(StubReply.json(503, "{}"));
      refusal = sent(500, "GET", V2, "");
      assertEquals(
          "Internal error occurred: conversion webhook for x.example/v1, Kind=Widget failed: the"
              + " webhook answered 503",
          refusal.path("message").asText());
    }
  }

  private static String webhook(StubServer hook) {
    byte[] pem = PemWriter.certificates(List.of(CA.certificate())).getBytes(StandardCharsets.UTF_8);
    return """
        'conversion':{'strategy':'Webhook','webhook':{'conversionReviewVersions':['v1'],
          'clientConfig':{'url':'%s','caBundle':'%s'}}},"""
        .formatted(hook.url("/convert"), Base64.getEncoder().encodeToString(pem));
  }

  /** Converts by the letter, and changes a label or, against the rules, the name. */
  private static StubReply converting(String changed) {
    return (request, out) -> {
      JsonNode asked = MAPPER.readTree(request.body()).path("request");
      ObjectNode review = MAPPER.createObjectNode();
      review.put("kind", "ConversionReview").put("apiVersion", "apiextensions.k8s.io/v1");
      ObjectNode response = review.putObject("response");
      response.put("uid", asked.path("uid").asText());
      response.putObject("result").put("status", "Success");
      String desired = asked.path("desiredAPIVersion").asText();
      ArrayNode objects = response.putArray("convertedObjects");
      for (JsonNode object : asked.path("objects")) {
        ObjectNode converted = object.deepCopy();
        converted.put("apiVersion", desired);
        ObjectNode metadata = converted.withObjectProperty("metadata");
        if (changed.equals("name")) {
          metadata.put("name", "other");
        } else {
          String version = desired.substring(desired.indexOf('/') + 1);
          metadata.withObjectProperty("labels").put("converted", version);
        }
        objects.add(converted);
      }
      StubReply.whole(out, 200, "application/json", review.toString());
    };
  }

  @Test
  void objectsGoBeforeTheirDefinitionAndDoNotComeBack() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(201, "POST", V1, widget("v1", "free", "'size':1"));
    sent(
        201,
        "POST",
        V1,
        widget("v1", "held", "'size':1").replace("'held'", "'held','finalizers':['x.example/f']"));

    JsonNode going = sent(200, "DELETE", DEFINITIONS + "/widgets.x.example", "");
    assertEquals(
        "customresourcecleanup.apiextensions.k8s.io", going.at("/metadata/finalizers/0").asText());
    until(V1 + "/free", reply -> reply.status() == 404);
    JsonNode refused = sent(405, "POST", V1, widget("v1", "late", "'size':1"));
    assertEquals(
        "create not allowed while custom resource definition is terminating",
        refused.path("message").asText());
    sent(200, "PATCH", V1 + "/held", "{'metadata':{'finalizers':[]}}");
    until(DEFINITIONS + "/widgets.x.example", reply -> reply.status() == 404);
    assertEquals(404, send("GET", V1, "").status());
    assertEquals(404, send("GET", "/apis/x.example", "").status());

    define(definition("widgets", "Widget", "", version("v1", true, "")));
    assertEquals(0, read(V1).path("items").size());
  }

  @Test
  void whoComesSecondWaitsForTheName() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(201, "POST", DEFINITIONS, definition("gadgets", "Gadget", "", version("v1", true, "")));
    String gadgets = DEFINITIONS + "/gadgets.x.example";
    Reply refused = until(gadgets, reply -> reply.body().contains("NamesAccepted"));
    assertTrue(refused.body().contains("\"wd\\\" is already in use"), refused.body());
    assertEquals(404, send("GET", V1.replace("widgets", "gadgets"), "").status());

    sent(200, "DELETE", DEFINITIONS + "/widgets.x.example", "");
    until(gadgets, reply -> reply.body().contains("InitialNamesAccepted"));
    assertEquals(200, send("GET", V1.replace("widgets", "gadgets"), "").status());
  }

  @Test
  void ownersAreCollectedWithTheirCustomDependents() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    JsonNode owner = sent(201, "POST", V1, widget("v1", "owner", "'size':1"));
    String reference =
        "'dependent','ownerReferences':[{'apiVersion':'x.example/v1','kind':'Widget',"
            + "'name':'owner','uid':'"
            + owner.at("/metadata/uid").asText()
            + "'}]";
    sent(201, "POST", V1, widget("v1", "dependent", "'size':1").replace("'dependent'", reference));

    sent(200, "DELETE", V1 + "/owner", "");
    until(V1 + "/dependent", reply -> reply.status() == 404);
  }

  @Test
  void appliersShareAnObjectByItsSchema() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    apply(201, "one", widget("v1", "a", "'size':1"));
    apply(200, "two", widget("v1", "a", "'replicas':2"));
    Reply conflict = apply(409, "two", widget("v1", "a", "'size':2"));
    assertTrue(conflict.body().contains("conflict with \\\"one\\\": .spec.size"), conflict.body());
    apply(200, "one", widget("v1", "a", ""));
    JsonNode spec = read(V1 + "/a").path("spec");
    assertFalse(spec.has("size"), spec.toString());
    assertEquals(2, spec.path("replicas").asInt());
  }

  private Reply apply(int status, String manager, String body) throws Exception {
    Reply reply =
        server.send(
            null,
            "PATCH",
            V1 + "/a?fieldManager=" + manager,
            body.replace('\'', '"'),
            "Authorization: Bearer master",
            "Content-Type: application/apply-patch+yaml");
    assertEquals(status, reply.status(), reply.body());
    return reply;
  }

  @Test
  void definitionThatBreaksTheRulesIsRefusedByField() throws Exception {
    JsonNode refusal =
        sent(
            422,
            "POST",
            DEFINITIONS,
            definition("widgets", "Widget", "", version("v1", false, ""), version("v_2", false, ""))
                .replace("Namespaced", "Everywhere"));
    List<String> fields = refusal.at("/details/causes").findValuesAsText("field");
    assertEquals(List.of("spec.scope", "spec.versions[1].name", "spec.versions"), fields);

    define(definition("widgets", "Widget", "", version("v1", true, "")));
    refusal =
        sent(
            422,
            "PATCH",
            DEFINITIONS + "/widgets.x.example",
            "{'spec':{'scope':'Cluster','versions':[" + version("v2", true, "") + "]}}");
    fields = refusal.at("/details/causes").findValuesAsText("field");
    assertEquals(List.of("status.storedVersions[0]", "spec.scope"), fields);
    refusal =
        sent(
            422,
            "PATCH",
            DEFINITIONS + "/widgets.x.example/status",
            "{'status':{'storedVersions':[]}}");
    fields = refusal.at("/details/causes").findValuesAsText("field");
    assertEquals(List.of("status.storedVersions", "status.storedVersions"), fields);
  }

  @Test
  void protobufKnowsNoCustomKindButItsMetadata() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(201, "POST", V1, widget("v1", "a", "'size':1"));
    String protobuf = "Accept: application/vnd.kubernetes.protobuf";

    for (String path : List.of(V1, V1 + "/a", V1 + "?watch=true")) {
      Reply refused = server.get(path, "Authorization: Bearer master", protobuf);
      assertEquals(406, refused.status(), path);
      assertTrue(refused.body().contains("*unstructured.Unstructured"), refused.body());
    }
    Reply metadata =
        server.get(
            V1,
            "Authorization: Bearer master",
            protobuf + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
    assertEquals(200, metadata.status());
    Reply sent =
        server.send(
            null,
            "POST",
            V1,
            "k8s\0",
            "Authorization: Bearer master",
            "Content-Type: application/vnd.kubernetes.protobuf");
    assertEquals(415, sent.status(), sent.body());
  }

  @Test
  void builtInGroupIsNotTakenOver() throws Exception {
    String name = "customresourcedefinitions.apiextensions.k8s.io";
    sent(
        201,
        "POST",
        DEFINITIONS,
        definition(
                "customresourcedefinitions",
                "CustomResourceDefinition",
                "",
                version("v1", true, ""))
            .replace("x.example", "apiextensions.k8s.io")
            .replace(
                "'metadata':{",
                "'metadata':{'annotations':{"
                    + "'api-approved.kubernetes.io':'unapproved, a test'},"));
    Reply settled =
        until(DEFINITIONS + "/" + name, reply -> reply.body().contains("GroupConflict"));
    assertFalse(settled.body().contains("InitialNamesAccepted"), settled.body());
    define(definition("widgets", "Widget", "", version("v1", true, "")));

    sent(200, "DELETE", DEFINITIONS + "/" + name, "");
    until(DEFINITIONS + "/" + name, reply -> reply.status() == 404);
    assertEquals(200, send("GET", DEFINITIONS + "/widgets.x.example", "").status());
    assertEquals(200, send("GET", V1, "").status());
  }

  @Test
  void kindThatIsTakenDoesNotSpeakForItsObjects() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(
        201,
        "POST",
        DEFINITIONS,
        definition("others", "Widget", "", version("v1", true, "").replace("'red'", "'blue'")));
    until(DEFINITIONS + "/others.x.example", reply -> reply.body().contains("KindConflict"));

    JsonNode made = sent(201, "POST", V1, widget("v1", "a", "'size':1"));
    assertEquals("red", made.at("/spec/color").asText());
  }

  @Test
  void namespaceTakesItsCustomObjectsAlong() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(
        201,
        "POST",
        "/api/v1/namespaces",
        "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'short'}}");
    sent(201, "POST", V1.replace("default", "short"), widget("v1", "a", "'size':1"));

    sent(200, "DELETE", "/api/v1/namespaces/short", "");
    until("/api/v1/namespaces/short", reply -> reply.status() == 404);
    assertEquals(0, read("/apis/x.example/v1/widgets").path("items").size());
  }

  @Test
  void watchTellsTheLastObjectsAndEndsWithItsKind() throws Exception {
    define(definition("widgets", "Widget", "", version("v1", true, "")));
    sent(201, "POST", V1, widget("v1", "a", "'size':1"));
    try (LiveLine watch = server.line()) {
      var unused =
          watch.open(
              V1 + "?watch=true&resourceVersion=0&timeoutSeconds=600",
              "Authorization: Bearer master");
      assertEquals("ADDED", told(watch).path("type").asText());

      sent(200, "DELETE", DEFINITIONS + "/widgets.x.example", "");
      JsonNode event = told(watch);
      assertEquals("DELETED", event.path("type").asText());
      assertEquals("x.example/v1", event.at("/object/apiVersion").asText());
      assertNull(watch.line(), "the watch ends");
    }
  }

  @Test
  void webhookConvertsWhatAWatchTells() throws Exception {
    try (StubServer hook = StubServer.start(StubServer.certificate(CA), converting("label"));
        LiveLine watch = server.line()) {
      define(
          definition(
              "widgets",
              "Widget",
              webhook(hook),
              version("v1", true, ""),
              version("v2", false, "")));
      var unused =
          watch.open(
              V2 + "?watch=true&resourceVersion=0&timeoutSeconds=600",
              "Authorization: Bearer master");
      for (int i = 0; i < 20; i++) {
        sent(201, "POST", V1, widget("v1", "w" + i, "'size':" + i));
      }
      for (int i = 0; i < 20; i++) {
        JsonNode event = told(watch);
        assertEquals("ADDED", event.path("type").asText());
        assertEquals("x.example/v2", event.at("/object/apiVersion").asText());
        assertEquals(i, event.at("/object/spec/size").asInt());
      }
    }
  }

  private static JsonNode told(LiveLine watch) throws Exception {
    String line = watch.line();
    assertNotNull(line, "the watch has ended");
    return MAPPER.readTree(line);
  }
}
