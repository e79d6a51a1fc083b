package dev.sallyport.server.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.routes.RoutesFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilteredRouteFaultsTest {

  private static final String UPSTREAMS =
      """
      apiVersion: sallyport.dev/v1alpha1
      kind: RouteConfiguration
      upstreams:
      - {name: known, endpoints: [{url: "https://a"}], tokenFile: t, identity: impersonate}
      - {name: cluster, kubeconfig: {file: k}}
      - {name: bare, endpoints: [{url: "https://b"}], identity: impersonate}
      - {name: open, endpoints: [{url: "https://c"}], identity: none}
      routes:
      """;

  @TempDir Path folder;

  private List<String> faults(String route) throws Exception {
    Path file = folder.resolve("routes.yaml");
    Files.write(file, (UPSTREAMS + "- {name: r, " + route + "}").getBytes(StandardCharsets.UTF_8));
    List<String> faults = new ArrayList<>();
    faults.addAll(FilteredRouteFaults.of(RoutesFile.parse(FileContent.read(file), faults)));
    return faults;
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "cluster", "open"})
  void acceptsUpstreamsThatCanBeAskedOnNobodysBehalf(String upstream) throws Exception {
    String route = "upstreams: [{name: %s}], authorization: {judge: UpstreamRBAC}, filterLists: ";
    assertEquals(List.of(), faults(route.formatted(upstream) + "true"));
    assertEquals(List.of(), faults(route.formatted(upstream) + "labelled"));
  }

  @Test
  void refusesAnUpstreamWithoutACredentialOfItsOwn() throws Exception {
    List<String> faults = faults("upstreams: [{name: bare}], filterLists: true");
    assertEquals(1, faults.size(), faults::toString);
    assertTrue(
        faults.get(0).startsWith("routes[0].filterLists: upstream \"bare\" has no credential"),
        faults::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "upstreams: [{name: known}], authorization: {judge: UpstreamReview}|expected: judge"
            + " UpstreamRBAC or Local",
        "upstreams: [{name: known}, {name: cluster}]|not with several upstreams",
        "upstreams: [{name: known}], authorization: {attributes: {path: true}}|not together with"
            + " authorization.attributes"
      })
  void refusesWhatCannotBeFiltered(String route, String fault) throws Exception {
    List<String> faults = faults(route + ", filterLists: true");
    assertEquals(1, faults.size(), faults::toString);
    assertTrue(faults.get(0).contains(fault), faults::toString);
    assertEquals(List.of(), faults(route + ", filterLists: false"));
  }

  @Test
  void refusesOtherWords() throws Exception {
    assertEquals(
        List.of("routes[0].filterLists: \"some\" (expected: true, false or labelled)"),
        faults("upstreams: [{name: known}], filterLists: some"));
  }
}
