package dev.sallyport.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.junit.Credentials;
import dev.sallyport.junit.Sallyport;
import dev.sallyport.junit.SallyportTest;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Protobuf as client-go's typed clients and informers speak it, read by Kubernetes' own classes.
 */
@SallyportTest
final class ProtobufIT {
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final byte[] MAGIC = "k8s\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static HttpClient http;
  private static String url;

  @BeforeAll
  static void connect(Sallyport server, Credentials admin) {
    http = HttpClient.newBuilder().sslContext(admin.sslContext()).build();
    url = server.url();
    server.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: b}}");
  }

  private static HttpResponse<InputStream> get(String path, String accept)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).header("Accept", accept).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(get(path, "application/json").body());
  }

  private static Runtime.Unknown unwrap(byte[] bytes) throws IOException {
    assertEquals("k8s\0", new String(bytes, 0, 4, StandardCharsets.ISO_8859_1));
    return Runtime.Unknown.parseFrom(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length));
  }

  @Test
  void everyKindIsListed() throws Exception {
    List<String> versions = new ArrayList<>(List.of("/api/v1"));
    for (JsonNode group : json("/apis").path("groups")) {
      group
          .path("versions")
          .forEach(version -> versions.add("/apis/" + version.path("groupVersion").asText()));
    }
    int lists = 0;
    for (String version : versions) {
      for (JsonNode resource : json(version).path("resources")) {
        if (resource.path("verbs").toString().contains("\"list\"")) {
          isList(version + "/" + resource.path("name").asText(), resource.path("kind").asText());
          lists++;
        }
      }
    }
    assertTrue(lists > 50, "kinds: " + lists);
  }

  private static void isList(String path, String kind) throws Exception {
    HttpResponse<InputStream> answer = get(path, PROTOBUF);
    assertEquals(200, answer.statusCode(), path);
    assertEquals(PROTOBUF, answer.headers().firstValue("content-type").orElse(""), path);
    Runtime.Unknown list = unwrap(answer.body().readAllBytes());
    assertEquals(kind + "List", list.getTypeMeta().getKind(), path);
  }

  @Test
  void metadataAloneIsListed() throws Exception {
    HttpResponse<InputStream> answer =
        get(
            "/api/v1/namespaces/default/configmaps",
            PROTOBUF + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
    Runtime.Unknown list = unwrap(answer.body().readAllBytes());
    assertEquals("PartialObjectMetadataList", list.getTypeMeta().getKind());
    Meta.PartialObjectMetadataList metadata =
        Meta.PartialObjectMetadataList.parseFrom(list.getRaw());
    assertTrue(
        metadata.getItemsList().stream()
            .anyMatch(item -> item.getMetadata().getName().equals("one")),
        metadata.toString());
  }

  @Test
  void aWatchTellsLengthAndEvent() throws Exception {
    HttpResponse<InputStream> answer =
        get(
            "/api/v1/namespaces/default/configmaps?watch=true&timeoutSeconds=20"
                + "&fieldSelector=metadata.name%3Done",
            PROTOBUF + ";stream=watch");
    assertEquals(200, answer.statusCode());
    assertEquals(
        PROTOBUF + ";stream=watch", answer.headers().firstValue("content-type").orElse(""));
    try (DataInputStream frames = new DataInputStream(answer.body())) {
      Meta.WatchEvent first = event(frames);
      assertEquals("ADDED", first.getType());
      V1.ConfigMap map =
          V1.ConfigMap.parseFrom(unwrap(first.getObject().getRaw().toByteArray()).getRaw());
      assertEquals("one", map.getMetadata().getName());
      assertEquals("b", map.getDataMap().get("a"));
      http.send(
          HttpRequest.newBuilder(URI.create(url + "/api/v1/namespaces/default/configmaps/one"))
              .header("Content-Type", "application/merge-patch+json")
              .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"data\":{\"a\":\"c\"}}"))
              .build(),
          HttpResponse.BodyHandlers.discarding());
      Meta.WatchEvent second = event(frames);
      assertEquals("MODIFIED", second.getType());
      V1.ConfigMap changed =
          V1.ConfigMap.parseFrom(unwrap(second.getObject().getRaw().toByteArray()).getRaw());
      assertEquals("c", changed.getDataMap().get("a"));
    }
  }

  private static Meta.WatchEvent event(DataInputStream frames) throws IOException {
    byte[] frame = frames.readNBytes(frames.readInt());
    return Meta.WatchEvent.parseFrom(frame);
  }
}
