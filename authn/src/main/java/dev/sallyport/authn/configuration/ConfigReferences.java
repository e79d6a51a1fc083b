package dev.sallyport.authn.configuration;

import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileReferences;
import dev.sallyport.webhook.kubeconfig.Kubeconfig;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which files an authentication configuration leads to: secrets, kubeconfigs and what these name. A
 * file that is not there is left out: whoever reads the configuration tells of it by its place. For
 * one thread.
 */
public final class ConfigReferences implements FileReferences {
  private byte[] lastRead = new byte[0];
  private List<Path> secrets = List.of();
  private List<Path> kubeconfigs = List.of();

  @Override
  public List<Path> in(FileContent file) throws InvalidFileException {
    if (!Arrays.equals(file.bytes(), lastRead)) {
      // It is looked at twice a second, so what it says is not read anew while it stays the same.
      take(file);
      lastRead = file.bytes();
    }
    List<Path> all = new ArrayList<>(secrets);
    for (Path kubeconfig : kubeconfigs) {
      all.add(kubeconfig);
      all.addAll(namedBy(kubeconfig));
    }
    return all.stream().filter(Files::isRegularFile).toList();
  }

  private void take(FileContent file) throws InvalidFileException {
    List<Path> foundSecrets = new ArrayList<>();
    List<Path> foundKubeconfigs = new ArrayList<>();
    for (Fields document : ConfigDocuments.read(file, new ArrayList<>())) {
      if (document.text("kind").equals(SallyportDocument.KIND)) {
        for (Fields each : document.objects(IntrospectionReader.FIELD)) {
          note(file, each.text(IntrospectionReader.CLIENT_SECRET), foundSecrets);
          note(file, each.text(IntrospectionReader.BEARER_TOKEN), foundSecrets);
        }
        for (Fields each : document.objects(TokenWebhookReader.FIELD)) {
          note(file, each.text(TokenWebhookReader.KUBECONFIG), foundKubeconfigs);
        }
      }
    }
    secrets = foundSecrets;
    kubeconfigs = foundKubeconfigs;
  }

  private static void note(FileContent file, String name, List<Path> found) {
    try {
      if (!name.isEmpty()) {
        found.add(file.file().resolveSibling(name));
      }
    } catch (InvalidPathException e) {
      // Told by whoever reads the configuration.
    }
  }

  private static List<Path> namedBy(Path kubeconfig) {
    try {
      return Kubeconfig.files(FileContent.read(kubeconfig));
    } catch (InvalidFileException e) {
      return List.of(); // told by whoever reads the configuration
    }
  }
}
