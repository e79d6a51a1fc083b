package dev.sallyport.authz.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleSource.Sink;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRoleSourceTest {

  private static final String ROLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: reader, namespace: a}
      rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, "yes"]
      """;
  private static final String BINDING =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata:
        name: everybody
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
      subjects:
      - {kind: Group, name: dev, apiGroup: rbac.authorization.k8s.io}
      - {kind: ServiceAccount, name: robot, namespace: b}
      """;

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();
  private final Sink sink =
      new Sink() {
        @Override
        public void putRole(Role role) {
          told.add("+role " + role.name() + " " + role.rules().size());
        }

        @Override
        public void removeRole(String namespace, String name) {
          told.add("-role " + namespace + "/" + name);
        }

        @Override
        public void putBinding(RoleBinding binding) {
          told.add("+binding " + binding.name() + " " + binding.subjects().size());
        }

        @Override
        public void removeBinding(String namespace, String name) {
          told.add("-binding " + namespace + "/" + name);
        }
      };

  private static RbacManifests parse(String text) throws InvalidFileException {
    return RbacManifests.parse(
        List.of(new FileContent(Path.of("p.yaml"), text.getBytes(StandardCharsets.UTF_8))));
  }

  private static String fault(String text) {
    return String.valueOf(assertThrows(InvalidFileException.class, () -> parse(text)).getMessage());
  }

  @Test
  void readsSeveralDocumentsListsAndOtherKinds() throws InvalidFileException {
    String list =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Namespace, metadata: {name: a}}
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: {name: paths}
          rules: [{nonResourceURLs: ["/x/*"], verbs: ["*"]}]
        """;
    RbacManifests read = parse("---\n" + ROLE + "---\n\n---\n" + BINDING + "---\n" + list);
    assertEquals(List.of("reader", "paths"), read.roles().stream().map(Role::name).toList());
    assertEquals("a", read.roles().get(0).namespace());
    assertEquals(List.of("get", "yes"), read.roles().get(0).rules().get(0).verbs());
    assertEquals("view", read.bindings().get(0).roleRef().name());
    assertEquals("b", read.bindings().get(0).subjects().get(1).namespace());
  }

  @Test
  void namesFileDocumentAndEveryFault() {
    assertEquals(
        "p.yaml: document 2: rules[0].resourceName: unknown field; document 3: metadata.namespace:"
            + " missing",
        fault(
            BINDING
                + "---\n"
                + ROLE.replace("verbs:", "resourceName: [x]\n  verbs:")
                + "---\n"
                + ROLE.replace(", namespace: a", "")));
    assertEquals(
        "p.yaml: document 1: kind: \"Rolle\" (expected: Role, ClusterRole, RoleBinding or"
            + " ClusterRoleBinding)",
        fault(ROLE.replace("kind: Role", "kind: Rolle")));
    assertEquals(
        "p.yaml: document 1: subjects[0]: needs kind User, Group or ServiceAccount, and a name",
        fault(BINDING.replace("kind: Group", "kind: group")));
    assertEquals(
        "p.yaml: document 1: rules[0]: needs either apiGroups and resources, or nonResourceURLs",
        fault(ROLE.replace("resources: [pods]", "resources: []")));
    assertTrue(fault("a: [1").startsWith("p.yaml: is no YAML or JSON: "), fault("a: [1"));
  }

  @Test
  void refusesTagsAliasBombsAndDoubledKeys() {
    assertTrue(fault("!!javax.script.ScriptEngineManager [x]").contains("is no YAML"));
    StringBuilder bomb = new StringBuilder("a: &a [x]\nb:\n");
    for (int i = 0; i < 60; i++) {
      bomb.append("- *a\n");
    }
    assertTrue(fault(bomb.toString()).contains("is no YAML"));
    assertTrue(fault(ROLE + "kind: Role\n").contains("is no YAML"));
  }

  @Test
  void tellsOnlyWhatChanges() throws Exception {
    Path file = Files.writeString(folder.resolve("policy.yaml"), ROLE + "---\n" + BINDING);
    try (FileWatcher watcher = new FileWatcher()) {
      new FileRoleSource(file, watcher).follow(sink);
      assertEquals(List.of("+role reader 1", "+binding everybody 2"), told);
      told.clear();
      Files.writeString(file, ROLE.replace("reader", "writer") + "---\n" + BINDING);
      watcher.poll();
      assertEquals(List.of("+role writer 1", "-role a/reader"), told);
      told.clear();
      Files.writeString(file, "kind: [broken");
      watcher.poll();
      assertEquals(List.of(), told);
    }
  }

  @Test
  void followsAFolder() throws Exception {
    write("b.yml", BINDING);
    write("a.yaml", ROLE);
    write(".hidden.yaml", "kind: [broken");
    write("notes.txt", "kind: [broken");
    try (FileWatcher watcher = new FileWatcher()) {
      new FileRoleSource(folder, watcher).follow(sink);
      assertEquals(List.of("+role reader 1", "+binding everybody 2"), told);
      told.clear();
      write("c.yaml", ROLE.replace("reader", "more"));
      Files.delete(folder.resolve("b.yml"));
      watcher.poll();
      assertEquals(List.of("+role more 1", "-binding /everybody"), told);
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void anEmptyFolderIsAFault() {
    try (FileWatcher watcher = new FileWatcher()) {
      assertThrows(InvalidFileException.class, () -> new FileRoleSource(folder, watcher));
    }
  }
}
