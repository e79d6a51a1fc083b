package dev.sallyport.webhook.kubeconfig;

import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.WebhookTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A kubeconfig file, of which one context counts, usually the current one. It is read strictly: a
 * misspelled field could turn a check off without anybody's notice.
 *
 * <p>Refused are what would weaken the check of the server ({@code insecure-skip-tls-verify}, http
 * to another machine) and what is not supported here (proxies, exec and provider plug-ins,
 * impersonation).
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig (v1)</a>
 */
public final class Kubeconfig {

  private Kubeconfig() {}

  /**
   * Reads the file and those it names.
   *
   * @throws InvalidFileException with everything that is wrong with them
   */
  public static WebhookTarget read(Path file) throws InvalidFileException {
    return parse(FileContent.read(file), FileContent::read);
  }

  /** As {@link #read}, now and again whenever one of the files changes. */
  public static Watched<WebhookTarget> watch(Path file, FileWatcher watcher)
      throws InvalidFileException {
    return watcher.watchFollowing(
        file, Kubeconfig::files, contents -> parse(contents.get(0), FileSource.of(contents)));
  }

  /**
   * The files that the current context names: authorities, certificate, key and token.
   *
   * @throws InvalidFileException when it is no YAML at all
   */
  public static List<Path> files(FileContent file) throws InvalidFileException {
    return files(file, "");
  }

  /**
   * The files that a context names.
   *
   * @param context its name; "" for the current one
   * @throws InvalidFileException when it is no YAML at all
   */
  public static List<Path> files(FileContent file, String context) throws InvalidFileException {
    List<Path> named = new ArrayList<>();
    FileSource noting =
        wanted -> {
          named.add(wanted);
          throw new InvalidFileException(wanted, "is not looked into");
        };
    Entries entries = entries(file, noting, context, new ArrayList<>());
    entries.readAll();
    return named;
  }

  /**
   * @param files where the files that it names are taken from
   */
  public static WebhookTarget parse(FileContent file, FileSource files)
      throws InvalidFileException {
    return parse(file, files, "");
  }

  /**
   * @param files where the files that it names are taken from
   * @param context which of its contexts counts; "" for the current one
   */
  public static WebhookTarget parse(FileContent file, FileSource files, String context)
      throws InvalidFileException {
    List<String> faults = new ArrayList<>();
    WebhookTarget target = entries(file, files, context, faults).target();
    if (!faults.isEmpty()) {
      throw new InvalidFileException(file.file(), faults);
    }
    return target;
  }

  /**
   * The names of all contexts, in their order.
   *
   * @throws InvalidFileException when it is no kubeconfig
   */
  public static List<String> contexts(FileContent file) throws InvalidFileException {
    List<String> names = new ArrayList<>();
    for (Fields context : document(file, new ArrayList<>()).objects("contexts")) {
      names.add(context.text("name"));
    }
    return names;
  }

  private static Entries entries(
      FileContent file, FileSource files, String context, List<String> faults)
      throws InvalidFileException {
    Fields document = document(file, faults);
    return new Entries(document, new NamedFiles(file.file(), files), context);
  }

  private static Fields document(FileContent file, List<String> faults)
      throws InvalidFileException {
    List<Fields> documents = ConfigDocuments.read(file, faults);
    if (documents.size() != 1) {
      throw new InvalidFileException(file.file(), "holds no kubeconfig (expected: one document)");
    }
    return documents.get(0);
  }
}
