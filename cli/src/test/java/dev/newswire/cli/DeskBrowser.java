// SPDX-License-Identifier: Apache-2.0
package dev.newswire.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser that looks at the desk. Not thread-safe. */
final class DeskBrowser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final RunningDesk desk;
  private final ChromeDriver driver;

  private DeskBrowser(RunningDesk desk, ChromeDriver driver) {
    this.desk = desk;
    this.driver = driver;
  }

  /** Opens the desk; skips the tests where there is no browser. */
  static DeskBrowser open(RunningDesk desk) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "no browser: the Debian packages chromium and chromium-driver bring one");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    DeskBrowser browser = new DeskBrowser(desk, new ChromeDriver(service, options));
    browser.wide();
    browser.driver.get(desk.address().toString());
    browser.await(".item");
    return browser;
  }

  void wide() {
    screen(1440, 900, false);
  }

  void narrow() {
    screen(380, 800, true);
  }

  private void screen(int width, int height, boolean mobile) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
  }

  void colours(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Goes to a page of the desk, such as {@code stories}. */
  void go(String page) {
    driver.get(desk.base() + page);
  }

  void reload() {
    driver.navigate().refresh();
  }

  void back() {
    driver.navigate().back();
  }

  /** The address's path and query. */
  String address() {
    return driver.getCurrentUrl().substring(desk.base().length() - 1);
  }

  /** Waits until something holds, as long as a busy machine may need. */
  void until(String what, Function<DeskBrowser, Boolean> condition) {
    new WebDriverWait(driver, Duration.ofMinutes(2))
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .ignoring(org.openqa.selenium.NoSuchElementException.class)
        .withMessage(() -> what + "; the page shows: " + text("body"))
        .until(ignored -> condition.apply(this));
  }

  /** Waits for an element. */
  WebElement await(String selector) {
    until(selector, browser -> browser.has(selector));
    return driver.findElement(By.cssSelector(selector));
  }

  boolean has(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
  }

  String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  void awaitText(String selector, String text) {
    until("'" + text + "' in " + selector, browser -> browser.text(selector).contains(text));
  }

  void click(String selector) {
    await(selector).click();
  }

  /** Clicks the first element with this text in it. */
  void click(String selector, String text) {
    until(
        selector + " with '" + text + "'",
        browser ->
            browser.driver.findElements(By.cssSelector(selector)).stream()
                .filter(element -> element.getText().contains(text))
                .findFirst()
                .map(
                    element -> {
                      element.click();
                      return true;
                    })
                .orElse(false));
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void type(String selector, String text) {
    WebElement box = await(selector);
    box.clear();
    box.sendKeys(text, Keys.ENTER);
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /**
   * What the browser complains of since it was asked last; not that the API answered 404 or 410,
   * which it notes even where a page expects it.
   */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .filter(entry -> !entry.matches("(?s).*/api/v1/.*status of (404|410) .*"))
        .toList();
  }

  /** What axe finds, a line each. */
  List<String> barriers() {
    try (InputStream script = DeskBrowser.class.getResourceAsStream("/axe.min.js")) {
      assertThat(script).as("the script of axe").isNotNull();
      driver.executeScript(new String(script.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            driver.executeAsyncScript(
                "const done = arguments[0];"
                    + "axe.run().then(r => done(r.violations.flatMap(v => v.nodes.map(n => v.id +"
                    + " ': ' + n.target.join(' ') + ' ' + n.failureSummary))), e => done([String(e)]));");
    return found;
  }

  /** Keeps what the browser shows, for people. */
  void screenshot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** All that the page loaded, by address, with its size in bytes. */
  Stream<Map.Entry<String, Long>> loaded() {
    @SuppressWarnings("unchecked")
    List<List<Object>> entries =
        (List<List<Object>>)
            driver.executeScript(
                "return performance.getEntriesByType('resource').map(e => [e.name,"
                    + " e.encodedBodySize]);");
    return entries.stream()
        .map(entry -> Map.entry((String) entry.get(0), ((Number) entry.get(1)).longValue()));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
