"""One nano job in a home of its own: run, kill, go on, check."""
import os
import shutil
import signal
import subprocess


class Broken(Exception):
    """Something that must hold does not; the text says what."""


class Job:
    """A home folder with the file of what its processes acknowledged, kept outside it."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.home = os.path.join(folder, "home")
        self.acks = os.path.join(folder, "acks")

    @classmethod
    def fresh(cls, binary, folder, datasets):
        """An empty home; the texts are built already, which is `datasets`' own tests' business."""
        job = cls(binary, folder)
        os.makedirs(job.home)
        if datasets:
            shutil.copytree(datasets, os.path.join(job.home, "datasets"))
        return job

    def copy(self, folder):
        """The same home elsewhere, as a killed process left it. The texts are only read once they
        are there and are thousands of files, so that all copies share them."""
        job = Job(self.binary, folder)
        os.makedirs(job.home)
        parts = [os.path.join(self.home, name) for name in os.listdir(self.home)
                 if name != "datasets"]
        if parts:
            subprocess.run(["cp", "-r", "--reflink=auto", *parts, job.home], check=True)
        subprocess.run(["cp", self.acks, job.acks], check=True)
        datasets = os.path.join(self.home, "datasets")
        if os.path.exists(datasets):
            os.symlink(os.path.realpath(datasets), os.path.join(job.home, "datasets"))
        return job

    def run(self, crash_at=None, kill_after=None, limit=None):
        """Returns the exit status and what the process said; -9 when it was killed."""
        env = dict(os.environ, CAMBIUM_TRAIN_THREADS="1")
        env.pop("CAMBIUM_CRASH_AT", None)
        if crash_at:
            env["CAMBIUM_CRASH_AT"] = crash_at
        process = subprocess.Popen([self.binary, self.home, self.acks], env=env, text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=limit)
        try:
            out, err = process.communicate(timeout=kill_after or 900)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate()
        return process.returncode, out, err

    def facts(self):
        """What the checker prints; it fails when something acknowledged is lost or doubled."""
        done = subprocess.run([self.binary, "--check", self.home, self.acks], capture_output=True,
                              text=True, timeout=300)
        if done.returncode != 0:
            raise Broken(f"the check failed: {done.stderr.strip()}")
        lines = done.stdout.splitlines()
        return [line for line in lines if not line.startswith("acknowledged")], lines[-1]

    def finish(self, expected):
        """Goes on to the end and compares with what an undisturbed job ends with."""
        code, out, err = self.run()
        if code != 0:
            raise Broken(f"the restart failed with {code}: {err.strip()}")
        found, acknowledged = self.facts()
        if found != expected:
            raise Broken(f"expected {expected}, found {found}")
        self.checkpoints_held()
        return acknowledged

    def points(self):
        """The crash points passed so far, in order."""
        with open(self.acks) as lines:
            return [line.split()[1] for line in lines if line.startswith("point ")]

    def checkpoints_held(self):
        """After a kill training goes on from the last checkpoint that was written, or later."""
        written = {}
        with open(self.acks) as lines:
            for line in lines:
                words = line.split()
                if words[0] == "checkpoint":
                    written[words[1]] = int(words[2])
                elif words[0] == "resumed" and int(words[2]) < written.get(words[1], 0):
                    raise Broken(f"training `{words[1]}` went on at step {words[2]}, its last "
                                 f"checkpoint was {written[words[1]]}")
