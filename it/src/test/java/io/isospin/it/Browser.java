package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium with the dashboard in it, and a person's hands. What is not there yet is waited for. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final Path SHOTS = Path.of("target", "screenshots");

    /** Found in one request, since a page may change between two. */
    private static final String PRESSABLE = """
            const dialogs = document.querySelectorAll('dialog[open]');
            const root = dialogs.length ? dialogs[dialogs.length - 1] : document;
            return [...root.querySelectorAll('button, a')].find((one) => !one.disabled && one.checkVisibility()
                && (one.innerText?.trim() === arguments[0] || one.getAttribute('aria-label') === arguments[0])) ?? null;""";

    private final ChromeDriver driver;
    private final String dashboard;

    private Browser(ChromeDriver driver, String dashboard) {
        this.driver = driver;
        this.dashboard = dashboard;
    }

    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** {@code server}: where the server is, {@code http://127.0.0.1:9696}. */
    static Browser at(String server) {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--window-size=1280,860");
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), server + "/dashboard/");
    }

    void open(String where) {
        driver.get(dashboard + where);
    }

    /** {@code #/project/networks}. */
    void go(String where) {
        run("location.hash = arguments[0]", where);
    }

    void reload() {
        driver.navigate().refresh();
    }

    void signIn(String user, String password) {
        type("#user", user);
        type("#password", password + Keys.ENTER);
    }

    WebElement find(String css) {
        return until(css, driver -> {
            var found = driver.findElement(By.cssSelector(css));
            return found.isDisplayed() ? found : null;
        });
    }

    private <T> T until(String what, Function<ChromeDriver, T> condition) {
        try {
            return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(25))
                    .ignoring(StaleElementReferenceException.class)
                    .ignoring(NoSuchElementException.class)
                    .ignoring(ElementClickInterceptedException.class)
                    .withMessage(what)
                    .until(any -> condition.apply(driver));
        } catch (TimeoutException e) {
            shoot("failure");
            throw new AssertionError(
                    "not within " + PATIENCE.toSeconds() + " s " + what + ", but:\n" + text("body") + "\n"
                            + complaints(),
                    e);
        }
    }

    /** What can be pressed and says this, in the dialog that is open where there is one. */
    void press(String text) {
        until("to press: " + text, driver -> {
            if (run(PRESSABLE, text) instanceof WebElement element) {
                element.click();
                return true;
            }
            return null;
        });
    }

    void type(String css, String text) {
        find(css).sendKeys(text);
    }

    /** Fills in an attribute of the form that is open; a list line by line, a choice by what it says. */
    void fill(String attribute, String... values) {
        String field = "dialog[open] [data-field='" + attribute + "'] ";
        var input = find(field + "input, " + field + "select, " + field + "textarea");
        switch (input.getTagName()) {
            case "select" ->
                until(attribute, driver -> {
                    new Select(input).selectByVisibleText(values[0]);
                    return true;
                });
            case "textarea" -> input.sendKeys(String.join("\n", values));
            default -> {
                if ("checkbox".equals(input.getDomAttribute("type"))) {
                    if (input.isSelected() != Boolean.parseBoolean(values[0])) {
                        input.click();
                    }
                } else {
                    input.sendKeys(Keys.chord(Keys.CONTROL, "a"), values[0]);
                }
            }
        }
    }

    /** Fills in a line of an attribute of several, {@code allocation_pools}. */
    void addRow(String attribute, String... cells) {
        String field = "dialog[open] [data-field='" + attribute + "'] ";
        find(field + ".rows > button").click();
        until(attribute, driver -> {
            var inputs = driver.findElements(By.cssSelector(field + ".row:nth-last-child(2) input"));
            if (inputs.size() != cells.length) {
                return null;
            }
            for (int i = 0; i < cells.length; i++) {
                inputs.get(i).sendKeys(cells[i]);
            }
            return true;
        });
    }

    String error(String attribute) {
        return find("dialog[open] [data-field='" + attribute + "'] .error").getText();
    }

    void dialogCloses() {
        until(
                "the dialog closes",
                driver -> driver.findElements(By.cssSelector("dialog[open]")).isEmpty());
    }

    void sees(String text) {
        until("to see: " + text, driver -> text("body").contains(text));
    }

    void seesNoMore(String text) {
        until("to see no more: " + text, driver -> !text("body").contains(text));
    }

    /** The rows of a table by what names them: so many, from a first to a last. */
    void rows(int count, String first, String last) {
        until("to see " + count + " rows from " + first + " to " + last, driver -> {
            var rows = texts("tbody th");
            return rows.size() == count
                    && rows.getFirst().equals(first)
                    && rows.getLast().equals(last);
        });
    }

    String text(String css) {
        return String.valueOf(run("return document.querySelector(arguments[0])?.innerText ?? ''", css));
    }

    List<String> texts(String css) {
        return strings(
                "return [...document.querySelectorAll(arguments[0])].map((one) => (one.innerText ??"
                        + " one.textContent).trim())",
                css);
    }

    /** What a script answers, where that is a list of texts. */
    List<String> strings(String script, Object... arguments) {
        return ((List<?>) run(script, arguments)).stream().map(String::valueOf).toList();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script until it calls its last argument with a result. */
    Object await(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script, arguments);
    }

    ChromeDriver driver() {
        return driver;
    }

    void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    void shoot(String name) {
        try {
            Files.createDirectories(SHOTS);
            Files.write(SHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of a page, however long it is. */
    void shootAll(String name) {
        var before = driver.manage().window().getSize();
        long height = ((Number) run("return document.documentElement.scrollHeight")).longValue();
        resize(before.getWidth(), Math.toIntExact(height) + 160);
        shoot(name);
        driver.manage().window().setSize(before);
    }

    /** Fails with what axe finds that keeps people out. */
    void isAccessible(String where) {
        isAccessible(where, new AxeBuilder());
    }

    /** The same of what another theme can change, the contrast of colours, alone. */
    void isLegible(String where) {
        isAccessible(where, new AxeBuilder().withRules(List.of("color-contrast")));
    }

    private void isAccessible(String where, AxeBuilder axe) {
        var findings = axe.analyze(driver).getViolations().stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(Browser::told)
                .toList();
        assertThat(findings).as(where).isEmpty();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .map(node -> node.getTarget() + " " + node.getHtml())
                        .limit(3)
                        .toList();
    }

    /** What the browser complained of, but for answers that were refusals. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(Object::toString)
                .filter(line -> !line.contains("Failed to load resource"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
